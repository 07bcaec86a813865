import { describe, expect, it } from 'vitest';
import { traceOf } from './traceRun.ts';

const query = (i: number) => ({ 'db.statement': `SELECT name FROM t WHERE id = ${i}` });

describe('n-plus-one', () => {
  it('is the same query for each item', () => {
    const run = traceOf(400, (trace, root) => {
      for (let i = 0; i < 12; i += 1) {
        trace.span('db', i * 10, 9, { parent: root, attributes: query(i) });
      }
    });
    const [finding] = run.findings();
    expect(finding).toMatchObject({ kind: 'n-plus-one', count: 12 });
    expect(finding?.wastedSeconds).toBeCloseTo(0.099, 3);
  });

  it.each([
    ['four of them', 4, (i: number) => i * 10, 9],
    ['less than 50 ms in all', 12, (i: number) => i * 3, 2],
    ['side by side', 12, (i: number) => i, 9],
    ['far apart: a poll', 12, (i: number) => i * 100, 9],
  ])('keeps silent on %s', (_what, count, at, length) => {
    const run = traceOf(1300, (trace, root) => {
      for (let i = 0; i < count; i += 1) {
        trace.span('db', at(i), length, { parent: root, attributes: query(i) });
      }
    });
    expect(run.kinds()).toEqual([]);
  });

  it('tells different queries apart', () => {
    const run = traceOf(400, (trace, root) => {
      for (let i = 0; i < 12; i += 1) {
        const attributes = { 'db.statement': `SELECT a FROM t${'x'.repeat(i)}` };
        trace.span('db', i * 10, 9, { parent: root, attributes });
      }
    });
    expect(run.kinds()).toEqual([]);
  });
});

describe('retry storm', () => {
  const attempts = (failures: number) =>
    traceOf(2000, (trace, root) => {
      for (let i = 0; i <= failures; i += 1) {
        trace.span('upload', i * 50, 30, { parent: root, failed: i < failures });
      }
    });

  it('counts failed attempts, and the pauses behind them', () => {
    const [finding] = attempts(8).findings();
    expect(finding).toMatchObject({ kind: 'retry storm', count: 8 });
    expect(finding?.wastedSeconds).toBeCloseTo(0.4, 6);
  });

  it('forgives two, and failures side by side', () => {
    expect(attempts(2).kinds()).toEqual([]);
    const run = traceOf(2000, (trace, root) => {
      for (let i = 0; i < 8; i += 1) {
        trace.span('upload', 0, 30, { parent: root, failed: true, track: `t${i}` });
      }
    });
    expect(run.kinds()).toEqual([]);
  });
});

describe('idle-wait', () => {
  it('is a span that takes time and no processor', () => {
    const run = traceOf(1000, (trace, root) => {
      trace.span('crunch', 0, 600, { parent: root, attributes: { 'cpu.seconds': 0.6 } });
      trace.span('settle', 600, 400, { parent: root, attributes: { 'cpu.seconds': 0.001 } });
    });
    const [finding] = run.findings();
    expect(finding).toMatchObject({ kind: 'idle-wait', wastedSeconds: 0.4 });
  });

  it('keeps silent on downloads, on devices, and where others work meanwhile', () => {
    const waiting = (name: string, attributes: Record<string, string | number>, beside: number) =>
      traceOf(1000, (trace, root) => {
        trace.span(name, 0, 500, { parent: root, attributes: { 'cpu.seconds': 0, ...attributes } });
        trace.span('crunch', 500 - beside, 500, {
          parent: root,
          track: 'other',
          attributes: { 'cpu.seconds': 0.5 },
        });
      }).kinds();
    expect(waiting('download', {}, 0)).toEqual([]);
    expect(waiting('infer', { device: 'cuda:0' }, 0)).toEqual([]);
    expect(waiting('collect', {}, 500)).toEqual([]);
    expect(waiting('collect', {}, 0)).toEqual(['idle-wait']);
  });

  it('finds stretches in which a whole launched program stood still', () => {
    const run = traceOf(20_000, (trace) => {
      const track = trace.builder.track('process tree', 'counter');
      for (let i = 0; i <= 40; i += 1) {
        const cores = i > 10 && i <= 30 ? 0.01 : 0.98;
        trace.builder.addSample('earshot.cpu.tree', '{core}', track, i * 5e8, cores);
      }
    });
    const [finding] = run.findings();
    expect(finding).toMatchObject({ kind: 'idle-wait' });
    expect(finding?.wastedSeconds).toBeCloseTo(10, 0);
  });
});

describe('device-mismatch', () => {
  const device = (asked: string, used: string) =>
    traceOf(100, (trace) => {
      const root = trace.span('serve', 0, 100, { attributes: { 'device.requested': asked } });
      trace.span('infer', 0, 90, { parent: root, attributes: { device: used } });
    }).kinds();

  it('is another device than the one asked for', () => {
    expect(device('cuda:0', 'cpu')).toEqual(['device-mismatch']);
    expect(device('gpu', 'CUDA:1')).toEqual([]);
    expect(device('auto', 'cpu')).toEqual([]);
    expect(device('cpu', 'cpu')).toEqual([]);
  });
});
