import { describe, expect, it } from 'vitest';
import type { CounterChange } from '../../../../src/profiler/diff/counterChanges.ts';
import { mostTellingFirst } from '../../../../src/profiler/diff/counterOrder.ts';

const change = (counter: string, a: CounterChange['a'], b: CounterChange['b']): CounterChange => ({
  stage: 'voice',
  counter,
  a,
  b,
});

describe('mostTellingFirst', () => {
  it('puts what was loaded again first, the most often before the rest', () => {
    const changes = [
      change('batchSize', 32, 1),
      change('itemsOut', 1494, 508),
      change('loads:model', null, 1),
      change('ledger:audio: transcribed', 90, 80),
      change('dropped:too far', 0, 986),
      change('loads:audio', 1, 43),
      change('deviceUsed', 'cuda:0', 'cpu'),
      change('something new', 1, 2),
    ];
    expect(mostTellingFirst(changes).map(({ counter }) => counter)).toEqual([
      'loads:audio',
      'loads:model',
      'deviceUsed',
      'dropped:too far',
      'itemsOut',
      'batchSize',
      'ledger:audio: transcribed',
      'something new',
    ]);
  });

  it('leaves the order of equal ones and the list itself alone', () => {
    const changes = [change('loads:b', 1, 2), change('loads:a', 1, 2)];
    expect(mostTellingFirst(changes)).toEqual(changes);
    expect(mostTellingFirst([])).toEqual([]);
  });
});
