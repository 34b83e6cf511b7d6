import { describe, expect, it } from 'vitest';
import { bytes, count, rate, short } from './number';

describe('count', () => {
  it('keeps all digits', () => expect(count(1234567)).toBe('1,234,567'));
});

describe('short', () => {
  it.each([
    [0, '0'],
    [9999, '9,999'],
    [10_000, '10.0k'],
    [12_345, '12.3k'],
    [999_999, '1.00M'],
    [4_560_000, '4.56M'],
    [7_800_000_000, '7.80G'],
    [-12_345, '-12.3k'],
  ])('%d is %s', (n, text) => expect(short(n)).toBe(text));
});

describe('rate', () => {
  it.each([
    [0, '0'],
    [0.01, '<0.1'],
    [0.5, '0.5'],
    [9.96, '10'],
    [2013.4, '2,013'],
    [48_210, '48.2k'],
  ])('%d is %s', (n, text) => expect(rate(n)).toBe(text));
});

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [20_000_000_000, '20 GB'],
    [123_456_789, '123 MB'],
  ])('%d is %s', (n, text) => expect(bytes(n)).toBe(text));
});
