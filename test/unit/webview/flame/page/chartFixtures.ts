import type { ChartHeader, ChartTrack, SpanDetails } from '../../../../../src/protocol/chart.ts';

const track = (id: number, name: string): ChartTrack => ({
  id,
  name,
  kind: 'thread',
  rows: 3,
  spans: 10,
  pieces: 1,
  flags: 0,
});

/** The header of a small run with a target that is met, one that is missed, and a finding. */
export function chartHeader(): ChartHeader {
  return {
    chart: 'c1',
    revision: 1,
    run: {
      id: 'r1',
      name: 'talk',
      kind: 'ingest',
      status: 'done',
      error: null,
      series: null,
      stored: true,
      format: 'recorder',
      startedAt: null,
      spans: 20,
      weightsUnit: null,
      rejected: 0,
      rejections: [],
      notes: [],
    },
    extent: 1e9,
    leftHeavyExtent: 1e9,
    views: ['time', 'left-heavy', 'sandwich'],
    tracks: [track(0, 'main'), track(1, 'inference 1'), track(2, 'inference 2')],
    leftHeavy: track(0, 'stacks'),
    counters: [],
    names: 2,
    instants: 0,
    links: 0,
    stages: [
      {
        stage: 'voice',
        startNs: 0,
        trackId: 0,
        row: 0,
        seconds: 0.4,
        allowedSeconds: 0.3,
        met: false,
      },
    ],
    strip: [
      figure('total', 'Total', 1, 's', 2, 'at-most', true),
      figure('coverage', 'Coverage', 0.9, 'share', 0.95, 'at-least', false),
      figure('memory', 'Memory', null, 'By', null, 'at-most', null),
    ],
    findings: [
      {
        kind: 'repeated-load',
        severity: 'warning',
        title: 'Loaded twice',
        count: 2,
        wastedSeconds: 1,
        share: 0.1,
        expected: '1 load',
        actual: '2 loads',
        cause: 'No cache',
        fix: 'Load it once.',
        confidence: 0.9,
        refutedBy: '',
        evidence: [],
        location: null,
        spans: [3],
      },
    ],
    analysed: true,
  };
}

function figure(
  name: string,
  title: string,
  value: number | null,
  unit: string,
  target: number | null,
  direction: 'at-most' | 'at-least',
  met: boolean | null,
): ChartHeader['strip'][number] {
  return { name, title, value, unit, target, direction, met };
}

/** A span of that run. */
export function spanDetails(): SpanDetails {
  return {
    span: 4,
    runSpan: 4,
    name: 'load model',
    nameId: 1,
    trackId: 1,
    row: 1,
    start: 5e8,
    duration: 2.5e8,
    self: 1e8,
    status: 'ok',
    flags: 0,
    ancestors: [{ span: 0, name: 'ingest' }],
    attributes: [{ key: 'device', value: 'cpu' }],
    events: [],
    links: [],
    sameName: { count: 2, total: 5e8, median: 2.5e8, max: 3e8 },
    source: { file: 'src/a.py', line: 12, column: null, rung: 'code-attribute' },
    findings: [],
  };
}
