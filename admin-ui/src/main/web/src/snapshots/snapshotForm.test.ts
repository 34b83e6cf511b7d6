import { describe, expect, it } from 'vitest';
import type { Channel } from '../api/types';
import { percentOf, phaseOf } from './phase';
import { allTables, choosable, keyList, toInput } from './snapshotForm';

it('asks for all rows of all mapped tables unless told otherwise', () => {
  expect(toInput({ pipelines: ['a'], tables: [allTables] })).toEqual({
    pipelines: ['a'],
    tables: [{ schema: '*', table: '*' }],
    limits: {},
  });
});

it('sends only what belongs to the rows that were chosen', () => {
  const table = { schema: 'shop', table: 'orders', where: "state = 'open'", keys: '1\n2' };
  const sent = (rows: 'WHERE' | 'KEYS') => toInput({ pipelines: ['a'], tables: [{ ...table, rows }] }).tables?.[0];
  expect(sent('WHERE')).toEqual({ schema: 'shop', table: 'orders', where: "state = 'open'" });
  expect(sent('KEYS')).toEqual({ schema: 'shop', table: 'orders', keys: [['1'], ['2']] });
});

it('reads composite keys', () => {
  expect(keyList(' 7, de \n\n8,at\n')).toEqual([
    ['7', 'de'],
    ['8', 'at'],
  ]);
});

it('lets pipelines of one source be chosen together', () => {
  const pipeline = (name: string, source: string) => ({ name, source, target: 't', state: 'RUNNING' as const, partitions: 1, mappings: [] });
  const channels: Channel[] = [{ name: 'c', pipelines: [pipeline('a', 's'), pipeline('b', 'other'), pipeline('c', 's')] }];
  expect(choosable(channels, []).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(choosable(channels, ['c']).map(({ name }) => name)).toEqual(['a', 'c']);
});

describe('progress', () => {
  it('is whole only when it is done', () => {
    expect(percentOf('RUNNING', 120, 100)).toBe(99);
    expect(percentOf('DONE', 120, 0)).toBe(100);
    expect(percentOf('RUNNING', 120, 0)).toBeUndefined();
  });
  it('waits until a capture reports', () => {
    const wanted = { name: 'n', created: '', source: 's', pipelines: [], tables: [], state: 'RUNNING' as const, generation: 1 };
    expect(phaseOf({ wanted })).toBe('WAITING');
    expect(phaseOf({ wanted: { ...wanted, state: 'PAUSED' } })).toBe('PAUSED');
  });
});
