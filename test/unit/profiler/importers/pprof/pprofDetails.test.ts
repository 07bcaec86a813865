import { readFileSync } from 'node:fs';
import {
  Function,
  Label,
  Line,
  Location,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import { describe, expect, it } from 'vitest';
import { pprofImporter } from '../../../../../src/profiler/importers/pprof/pprof.ts';
import { attributeOf } from '../../../../../src/profiler/model/attributes.ts';
import { type Run, sourceOf, spanName } from '../../../../../src/profiler/model/run.ts';
import { importBytes } from '../../../../helpers/importBytes.ts';
import { totalWeight } from '../../../../helpers/runFacts.ts';

const FIXTURES = new URL('../../../../fixtures/profiles/go/', import.meta.url);

const fixture = (name: string): Buffer => readFileSync(new URL(name, FIXTURES));

const read = async (bytes: Uint8Array, sampleType?: string): Promise<Run> =>
  (await importBytes(pprofImporter, bytes, { options: { sampleType } })).run;

/** Two samples of main → helper, in two threads, at two lines; helper is inlined into main's location. */
function labelled(): Uint8Array {
  const strings = new StringTable();
  const id = (text: string): number => strings.dedup(text);
  const fn = (number: number, name: string): Function =>
    new Function({ id: number, name: id(name), filename: id('app.rs'), startLine: 10 * number });
  const line = (functionId: number, at: number): Line => new Line({ functionId, line: at });
  const location = (number: number, at: number): Location =>
    new Location({ id: number, line: [line(2, at), line(1, 12)] });
  const label = (key: string, text: string): Label => new Label({ key: id(key), str: id(text) });
  return new Profile({
    stringTable: strings,
    sampleType: [
      new ValueType({ type: id('events'), unit: id('count') }),
      new ValueType({ type: id('wall'), unit: id('milliseconds') }),
    ],
    function: [fn(1, 'main'), fn(2, 'helper')],
    location: [location(1, 21), location(2, 25)],
    sample: [
      new Sample({
        locationId: [1],
        value: [1, 5],
        label: [label('thread', 'A'), label('user', 'x')],
      }),
      new Sample({
        locationId: [2],
        value: [1, 7],
        label: [label('thread', 'A'), label('user', 'y')],
      }),
      new Sample({ locationId: [1], value: [1, 9], label: [label('thread', 'B')] }),
      new Sample({ locationId: [], value: [1, 9] }),
      new Sample({ locationId: [1], value: [1] }),
    ],
  }).encode();
}

describe('the sample type of a pprof', () => {
  it.each([
    ['cpu.pb.gz', 'cpu/nanoseconds', 'nanoseconds'],
    ['heap.pb.gz', 'inuse_space/bytes', 'bytes'],
    ['mutex.pb.gz', 'delay/nanoseconds', 'nanoseconds'],
  ])('of %s is %s unless asked for', async (name, type, unit) => {
    const run = await read(fixture(name));
    expect(attributeOf(run, 0, 'pprof.sample_type')).toBe(type);
    expect(run.weights?.unit).toBe(unit);
  });

  it('is the one asked for; all that there are are listed', async () => {
    const run = await read(fixture('heap.pb.gz'), 'alloc_objects');
    expect(run.weights?.unit).toBe('alloc_objects');
    expect(attributeOf(run, 0, 'pprof.sample_types')).toEqual([
      'alloc_objects/count',
      'alloc_space/bytes',
      'inuse_objects/count',
      'inuse_space/bytes',
    ]);
  });

  it('that is not there is said, with those that are', async () => {
    const run = await read(fixture('cpu.pb.gz'), 'wall');
    expect(run.weights?.unit).toBe('nanoseconds');
    expect(run.provenance.rejected[0]?.reason).toBe(
      'there is no sample type wall; the file has samples/count, cpu/nanoseconds',
    );
  });
});

describe('contention', () => {
  it('says whom it blames', async () => {
    const meaning = async (name: string): Promise<unknown> =>
      attributeOf(await read(fixture(name)), 0, 'pprof.meaning');
    expect(await meaning('mutex.pb.gz')).toContain(
      'others waited until this stack let the lock go',
    );
    expect(await meaning('block.pb.gz')).toBe('time for which this stack waited');
    expect(await meaning('cpu.pb.gz')).toBeUndefined();
  });
});

describe('the samples of a pprof', () => {
  it('lie on the track of their thread, keep their labels, and unfold inlined functions', async () => {
    const run = await read(labelled());
    expect(run.tracks.map(({ name }) => name)).toEqual(['A', 'B']);
    const spans = Array.from(run.spans.nameId.keys(), (span) => {
      const source = sourceOf(run, run.spans.sourceId[span] ?? 0);
      const total = (run.weights?.total[span] ?? 0) / 1e6;
      return `${spanName(run, span)} ${source?.file ?? ''}:${source?.line ?? 0} ${total}`;
    });
    // Of two lines the heavier one.
    expect(spans.sort()).toEqual([
      'helper app.rs:21 9',
      'helper app.rs:25 12',
      'main app.rs:12 12',
      'main app.rs:12 9',
    ]);
    const labels = Array.from(run.spans.nameId.keys(), (span) =>
      attributeOf(run, span, 'pprof.label.user'),
    );
    expect(labels.filter((label) => label !== undefined)).toEqual([['x', 'y']]);
    expect(run.provenance.rejected.map(({ reason }) => reason)).toEqual([
      'the sample has no stack, or too many are in the profile',
      'the sample has no value for wall/milliseconds',
    ]);
  });

  it('with lengths that lie are rejected alone', async () => {
    const whole = labelled();
    const lying = Buffer.concat([whole, Buffer.from([0x12, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x0a])]);
    const run = await read(lying);
    expect(totalWeight(run)).toBe(21e6);
    expect(run.provenance.rejected.map(({ reason }) => reason)).toContain(
      'a field is longer than what holds it',
    );
    const packed = Buffer.concat([whole, Buffer.from([0x12, 4, 0x0a, 0xff, 0x7f, 1])]);
    expect((await read(packed)).provenance.rejectedCount).toBe(3);
    await expect(read(Buffer.from([0x12, 1, 0]))).rejects.toMatchObject({
      code: 'import.unreadable',
    });
  });
});
