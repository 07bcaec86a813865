import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ImportBuilder } from '../../../../src/profiler/importers/importBuilder.ts';
import { importRun } from '../../../../src/profiler/importers/importRun.ts';
import { type Run, spanCount, spanName } from '../../../../src/profiler/model/run.ts';
import { NO_SPAN } from '../../../../src/profiler/model/units.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-times-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In the texts, a time that cannot be; it stands once in each. */
const FAR = '1e300';

async function imported(text: string): Promise<Run> {
  const path = join(folder, 'file');
  writeFileSync(path, text);
  return importRun([path], { signal: new AbortController().signal });
}

const speedscope = (profile: string): string =>
  `{"$schema":"https://www.speedscope.app/file-format-schema.json",
"shared":{"frames":[{"name":"a"},{"name":"b"}]},"profiles":[{"name":"p",${profile}}]}`;
const EVENTS = `"type":"evented","startValue":0,"endValue":9,"events":[{"type":"O","at":0,"frame":0},
{"type":"O","at":1,"frame":1},{"type":"C","at":2,"frame":1},
!{"type":"O","at":${FAR},"frame":1},{"type":"C","at":9,"frame":0}]`;
const CPUPROFILE = `{"nodes":[{"id":1,"callFrame":{"functionName":"(root)"},"children":[2,3]},
{"id":2,"callFrame":{"functionName":"a"}},{"id":3,"callFrame":{"functionName":"b"}}],
"startTime":0,"endTime":1000,"samples":[2,2,3],"timeDeltas":[0,!${FAR},100]}`;
const FIREFOX = `{"meta":{"interval":1,"version":29,"preprocessedProfileVersion":48},"threads":[{
"name":"T","stringArray":["a","b"],"frameTable":{"func":[0,1]},"funcTable":{"name":[0,1]},
"stackTable":{"frame":[0,1],"prefix":[null,null]},
"samples":{"stack":[0,0,1],"time":[0,!${FAR},2]}}]}`;
const PERF = `x 1 1.000000: 1 cycles:
	a0 a (/x)

!x 1 99999999999999999999.000000: 1 cycles:
	a1 c (/x)

x 1 2.000000: 1 cycles:
	a2 b (/x)
`;

it.each([
  ['perf script', PERF, ['a', 'b']],
  ['speedscope, unit first', speedscope(`"unit":"seconds",${EVENTS}`), ['a', 'b']],
  ['speedscope, unit last', speedscope(`${EVENTS},"unit":"nanoseconds"`), ['a', 'b']],
  [
    'sampled speedscope',
    speedscope(`"type":"sampled","unit":"seconds","samples":[[0],[0],[1]],"weights":[1,!${FAR},2]`),
    ['a', 'b'],
  ],
  ['cpuprofile', CPUPROFILE, ['a', 'b']],
  ['firefox', FIREFOX, ['a', 'b']],
])('rejects the row of %s that has an impossible time, at its place', async (_, marked, names) => {
  const offset = marked.indexOf('!');
  const run = await imported(marked.replace('!', ''));
  expect(Array.from({ length: spanCount(run) }, (_each, i) => spanName(run, i))).toEqual(names);
  expect(run.provenance.rejected.map((row) => row.offset)).toContain(offset);
});

it('leaves out of a run what its builder cannot take, with all that belongs to it', () => {
  const reasons: string[] = [];
  const builder = new ImportBuilder(
    {
      id: '1',
      name: 'x',
      kind: 'import',
      epochNs: 0n,
      provenance: { client: '', version: '', format: '' },
    },
    (reason) => reasons.push(reason),
  );
  const track = builder.track('t', 'thread');
  const left = builder.addSpan({ name: 'far', startNs: 1e300, durationNs: 1, track });
  expect(left).toBe(NO_SPAN);
  builder.setAttributes(left, { key: 1 });
  builder.addWeight(left, 1);
  const open = builder.openSpan({ name: 'open', startNs: Number.NaN, track });
  builder.closeSpan(open, 1, 0);
  const kept = builder.addSpan({ name: 'kept', startNs: 0, durationNs: 5, track });
  builder.addLink(kept, left);
  builder.setParent(kept, left);
  builder.addInstant({ kind: 'event', text: 'far', timeNs: Infinity, track });
  builder.addSample('c', '1', track, Number.NaN, 1);
  const run = builder.finish({ status: 'done' });
  expect(spanCount(run)).toBe(1);
  expect(run.instants.timeNs).toHaveLength(0);
  expect(run.counters).toHaveLength(0);
  expect(reasons).toEqual([
    'A span starts at 1e+300 ns',
    'A span starts at NaN ns',
    'An instant lies at Infinity ns',
    'c is 1 at NaN ns',
  ]);
});
