import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { passThrough } from '../../../../src/profiler/launcher/passThrough.ts';

const forever = new Promise(() => undefined);

it('passes all bytes on, in order, to a reader that is slow', async () => {
  const source = new PassThrough();
  const got: Buffer[] = [];
  const slow = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _encoding, done) => {
      got.push(chunk);
      setImmediate(done);
    },
  });
  const seen: number[] = [];
  const done = passThrough(source, slow, ({ length }) => seen.push(length), Promise.resolve());
  for (let i = 0; i < 50; i += 1) source.write(Buffer.alloc(1000, i));
  source.end();
  await done;
  await new Promise((resolve) => slow.end(resolve));
  expect(Buffer.concat(got)).toEqual(
    Buffer.concat(Array.from({ length: 50 }, (_, i) => Buffer.alloc(1000, i))),
  );
  expect(seen.reduce((sum, each) => sum + each, 0)).toBe(50_000);
});

it('closes the source where the reader goes away', async () => {
  const source = new PassThrough();
  const reader = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  const done = passThrough(source, reader, () => undefined, Promise.resolve());
  source.write('x');
  await done;
  expect(source.destroyed).toBe(true);
});

it('does not wait for children that keep the pipe open after the program has ended', async () => {
  const source = new PassThrough();
  source.write('last words');
  let seen = '';
  await passThrough(source, null, (chunk) => (seen += chunk.toString()), Promise.resolve());
  expect(seen).toBe('last words');
  expect(source.destroyed).toBe(true);
});

it('goes on while the program runs, however silent it is', async () => {
  const source = new PassThrough();
  const done = passThrough(source, null, () => undefined, forever).then(() => 'over');
  const pause = new Promise((resolve) => setTimeout(() => resolve('still open'), 400));
  expect(await Promise.race([done, pause])).toBe('still open');
  source.destroy();
});
