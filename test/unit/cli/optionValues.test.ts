import { describe, expect, it } from 'vitest';
import { parseAlpha, parseShare } from '../../../src/cli/optionValues.ts';

describe('parseShare', () => {
  it.each([
    ['5%', 0.05],
    ['0.05', 0.05],
    [' 150 % ', 1.5],
    ['0', 0],
    ['0.0033333333333333335', 0.0033333333333333335],
    ['1.2e-7', 1.2e-7],
  ])('reads %s', (text, share) => {
    expect(parseShare(text)).toBe(share);
  });

  it.each([
    ['5', 'Write 5%'],
    ['1', 'Write 1%'],
    ['1.5', 'Write 1.5%'],
    ['', 'such as 10%'],
    ['%', 'such as 10%'],
    ['-5%', 'such as 10%'],
    ['0x1', 'such as 10%'],
    ['5%%', 'such as 10%'],
    ['Infinity', 'such as 10%'],
  ])('refuses %j and says what to write', (text, message) => {
    expect(() => parseShare(text)).toThrow(message);
  });
});

describe('parseAlpha', () => {
  it.each([
    ['5%', 0.05],
    ['0.05', 0.05],
    ['49.9%', 0.499],
  ])('reads %s', (text, alpha) => {
    expect(parseAlpha(text)).toBeCloseTo(alpha, 12);
  });

  it.each(['0', '0%', '0.5', '50%', '1', '5', 'much'])('refuses %s', (text) => {
    expect(() => parseAlpha(text)).toThrow();
  });
});
