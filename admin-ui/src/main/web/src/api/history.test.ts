import { describe, expect, it } from 'vitest';
import { appendSamples, combine, historyLength, type History } from './history';
import type { PipelineStatus, Status } from './types';

const status = (...names: string[]) =>
  ({
    channels: [{ name: 'c', pipelines: names.map((name) => ({ name, rowsPerSecond: 7, backlog: 3 }) as PipelineStatus) }],
  }) as Status;

describe('appendSamples', () => {
  it('adds the newest at the end', () => {
    expect(appendSamples({}, status('a'))).toEqual({ a: [{ rowsPerSecond: 7, backlog: 3, lagP99Micros: 0 }] });
  });
  it('forgets the oldest when it is full', () => {
    let history: History = {};
    for (let i = 0; i < historyLength + 5; i++) history = appendSamples(history, status('a'));
    expect(history.a).toHaveLength(historyLength);
  });
  it('forgets pipelines that are gone', () => {
    expect(Object.keys(appendSamples(appendSamples({}, status('a', 'b')), status('b')))).toEqual(['b']);
  });
});

it('combines pipelines of different age at their newest sample', () => {
  const sample = (rowsPerSecond: number) => ({ rowsPerSecond, backlog: 0, lagP99Micros: 0 });
  const history = { old: [sample(1), sample(2), sample(3)], young: [sample(10)] };
  expect(combine(history, (s) => s.rowsPerSecond, (a, b) => a + b)).toEqual([1, 2, 13]);
  expect(combine(history, (s) => s.rowsPerSecond, Math.max)).toEqual([1, 2, 10]);
  expect(combine({}, (s) => s.rowsPerSecond, Math.max)).toEqual([]);
});
