import { describe, expect, it } from 'vitest';
import { ago, fromIso, humane, isoSeconds, toIso } from './duration';

describe('humane', () => {
  it.each([
    [0, '0 µs'],
    [850, '850 µs'],
    [4_210, '4.2 ms'],
    [9_960, '10 ms'],
    [999_400, '999 ms'],
    [999_600, '1.0 s'],
    [1_300_000, '1.3 s'],
    [59_960_000, '1 min'],
    [125_000_000, '2 min 5 s'],
    [3_600_000_000, '1 h'],
    [12_000_000_000, '3 h 20 min'],
    [187_200_000_000, '2 d 4 h'],
  ])('%d µs is %s', (micros, text) => expect(humane(micros)).toBe(text));

  it('shows a dash for what is not known', () => {
    expect([humane(null), humane(undefined), humane(-1)]).toEqual(['–', '–', '–']);
  });
});

describe('ago', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  it('counts whole seconds', () => expect(ago('2026-11-21T09:59:57.400Z', now)).toBe('2 s'));
  it('does not go below zero when clocks differ', () => expect(ago('2026-11-21T10:00:05Z', now)).toBe('0 s'));
  it('shows a dash for what is no time', () => expect(ago('never', now)).toBe('–'));
});

describe('durations that people type', () => {
  it.each([
    ['7d', 'P7D'],
    ['1h', 'PT1H'],
    ['1h 30m', 'PT1H30M'],
    ['90 s', 'PT90S'],
    ['2d12h', 'P2DT12H'],
    ['pt1h', 'PT1H'],
    ['P7D', 'P7D'],
  ])('%s is %s', (text, iso) => expect(toIso(text)).toBe(iso));

  it.each(['', '0s', 'PT0S', 'soon', '7', '-1h', 'P', 'PT'])('refuses "%s"', (text) => expect(toIso(text)).toBeUndefined());

  it.each([
    ['PT168H', '7d'],
    ['P7D', '7d'],
    ['PT1H30M', '1h 30m'],
    ['PT0S', '0s'],
    ['what', 'what'],
  ])('shows %s as %s', (iso, text) => expect(fromIso(iso)).toBe(text));

  it('reads fractions of a second', () => expect(isoSeconds('PT1.5S')).toBe(1.5));
});
