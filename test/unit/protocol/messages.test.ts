import { expect, it } from 'vitest';
import { IngestResultMessage, MESSAGES } from '../../../src/protocol/messages.ts';

it('gives every message a method of its own and a direction', () => {
  const methods = MESSAGES.map(({ method }) => method);
  expect(new Set(methods).size).toBe(methods.length);
  for (const { direction } of MESSAGES) {
    expect(['extension → worker', 'worker → extension']).toContain(direction);
  }
});

it('answers an ingest with its result event', () => {
  expect(IngestResultMessage.shape.type.value).toBe('result');
});
