import { describe, expect, it } from 'vitest';
import { percentOf, rateSince } from './progress';

const replay = { generation: 5, from: 101, until: 200, at: 150, rows: 40 };

describe('percentOf', () => {
  it('goes from nothing to all', () => {
    expect(percentOf({ ...replay, at: 100 })).toBe(0);
    expect(percentOf(replay)).toBe(50);
    expect(percentOf({ ...replay, at: 200 })).toBe(100);
  });

  it('is all where the stretch is empty', () => expect(percentOf({ ...replay, from: 201, at: 200 })).toBe(100));
});

describe('rateSince', () => {
  const sample = { generation: 5, at: 110, time: 10_000 };

  it('counts entries', () => expect(rateSince(sample, replay, 14_000)).toBe(10));

  it('says nothing of another replay, or of one that does not move', () => {
    expect(rateSince({ ...sample, generation: 4 }, replay, 14_000)).toBeUndefined();
    expect(rateSince({ ...sample, at: 150 }, replay, 14_000)).toBeUndefined();
    expect(rateSince(sample, replay, 10_000)).toBeUndefined();
  });
});
