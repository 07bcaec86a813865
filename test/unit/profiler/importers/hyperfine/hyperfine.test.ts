import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hyperfineImporter } from '../../../../../src/profiler/importers/hyperfine/hyperfine.ts';
import { attributeOf } from '../../../../../src/profiler/model/attributes.ts';
import { type Run, spanCount, spanName } from '../../../../../src/profiler/model/run.ts';
import { SPAN_STATUS } from '../../../../../src/profiler/model/spanStatus.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import { durationNs } from '../../../../helpers/runFacts.ts';

const FOLDER = new URL('../../../../fixtures/profiles/hyperfine/', import.meta.url);

interface Results {
  results: { command: string; mean: number; max: number; times: number[]; exit_codes: number[] }[];
}

const read = async (text: string): Promise<Run> =>
  (await importBytes(hyperfineImporter, text, { chunkBytes: 100 })).run;

function spansOf(run: Run, track: string): number[] {
  const id = run.tracks.find(({ name }) => name === track)?.id;
  return Array.from(run.spans.trackId.keys()).filter((span) => run.spans.trackId[span] === id);
}

describe('the results of hyperfine', () => {
  it.each(['results.json', 'parameters.json'])('%s has the means that it states', async (name) => {
    const text = readFileSync(new URL(name, FOLDER), 'utf8');
    const { results } = JSON.parse(text) as Results;
    expect(hyperfineImporter.detect(headOf(text))).toBeGreaterThan(0.9);
    const run = await read(text);
    expect(run.provenance.rejected).toEqual([]);
    expect(run.tracks.map((track) => track.name)).toEqual(results.map(({ command }) => command));
    for (const { command, mean, max, times, exit_codes } of results) {
      const spans = spansOf(run, command);
      const seconds = spans.map((span) => (run.spans.durationNs[span] ?? 0) / 1e9);
      expect(spans).toHaveLength(times.length);
      expect(seconds.reduce((sum, s) => sum + s, 0) / seconds.length).toBeCloseTo(mean, 9);
      expect(Math.max(...seconds)).toBeCloseTo(max, 9);
      const failed = spans.map((span) => run.spans.status[span] === SPAN_STATUS.error);
      expect(failed).toEqual(exit_codes.map((code) => code !== 0));
      expect(attributeOf(run, spans[0] ?? -1, 'earshot.replicate')).toBe('independent');
    }
    const total = results.reduce((sum, { mean, times }) => sum + mean * times.length, 0);
    expect(durationNs(run) / 1e9).toBeCloseTo(total, 9);
  });

  it('keeps parameters, and memory as a counter', async () => {
    const text = readFileSync(new URL('parameters.json', FOLDER), 'utf8');
    const run = await read(text);
    expect(attributeOf(run, 0, 'hyperfine.parameter.seconds')).toBe('0.01');
    expect(spanName(run, 0)).toBe('sleep 0.01');
    const memory = await read(
      '{"results":[{"command":"a","times":[1,2],"memory_usage_byte":[100,200],"exit_codes":[0,null]}]}',
    );
    expect(memory.counters).toMatchObject([{ name: 'memory', unit: 'By' }]);
    expect(Array.from(memory.spans.status)).toEqual([SPAN_STATUS.ok, SPAN_STATUS.error]);
  });

  it('reads what is there of a file that is cut off, and rejects times that are none', async () => {
    const run = await read(
      '{"results":[{"command":"a","times":[1,-2,null,1e999,3]},{"command":"b","times":[1',
    );
    expect(spanCount(run)).toBe(2);
    expect(run.provenance.rejected.map(({ reason }) => reason)).toEqual([
      '3 times of a are none',
      'the file ends before the value does',
    ]);
  });
});
