import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from '../../../../src/profiler/logs/extract.ts';
import { readMessage } from '../../../../src/profiler/logs/messageLine.ts';
import { MEASUREMENTS } from './measurementTable.ts';
import { notation } from './notation.ts';

describe('extract', () => {
  it.each(MEASUREMENTS)('%s', (line, expected) => {
    expect(extract(line).measurements.map(notation)).toEqual(expected);
  });

  it('knows how long the work of a line took, and what it was', () => {
    const took = (line: string): unknown => extract(line).work;
    expect(took('Embedded 282 texts in 272.58s (1.0 texts/s)')).toEqual({
      seconds: 272.58,
      name: 'Embedded texts',
      spent: true,
    });
    expect(took('Processed 114.5 min of audio in 16:30')).toEqual({
      seconds: 990,
      name: 'Processed audio',
      spent: true,
    });
    expect(took('Loading audio /data/talk.wav (114.5 min)')).toBeNull();
    expect(took('Processing episode "Harbour lights" (98.2 minutes)')).toBeNull();
    expect(took('Compiling core (98.2 seconds)')).toMatchObject({ spent: false });
    expect(took('Timeout after 30s waiting for lock')).toBeNull();
    expect(took('retrying in 5 seconds')).toBeNull();
    expect(took('audio_duration_s=6870')).toBeNull();
    expect(took('ETA 5 min')).toBeNull();
    expect(took('p95 latency 250ms')).toBeNull();
    expect(took('should take < 15 s')).toBeNull();
    expect(took('stage=embed duration_ms=350')).toMatchObject({ seconds: 0.35 });
  });

  it('reads fields whose values are figures with units', () => {
    const found = (line: string): string[] =>
      extract(readMessage(line).body).measurements.map(notation);
    expect(
      found('{"msg":"targets","total":"under 3 min","throughput":"at least 20 images/s"}'),
    ).toEqual(['target duration ≤180 “total”', 'target rate ≥20 images/s “throughput”']);
    expect(found('{"msg":"voices","embedded":288,"segments":830,"target":">= 90%"}')).toEqual([
      'count 288 “voices embedded”',
      'count 830 segments “voices segments”',
      'target percentage ≥0.9 “voices”',
    ]);
    expect(found('[2026-06-02T13:05:09+02:00] app.INFO: Stored {"ms":2875} []')).toEqual([
      'duration 2.875 “stored”',
    ]);
  });

  it('never throws, whatever the line', () => {
    const pieces = fc.constantFrom(
      '1',
      '2.5',
      ',',
      ':',
      '/',
      '-',
      ' ',
      's',
      'ms',
      '%',
      'expected',
      '<',
      'x',
      '(',
      ')',
      '"',
      "'",
      '=',
      'cuda',
      'of',
      'per',
      '\u0000',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
        ),
        (line) => {
          for (const { value, upper } of extract(line).measurements) {
            expect(value === null || Number.isFinite(value)).toBe(true);
            expect(upper === null || Number.isFinite(upper)).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
