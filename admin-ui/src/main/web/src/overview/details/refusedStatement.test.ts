import { expect, test } from 'vitest';
import type { PartitionStatus } from '../../api/types';
import { refusedStatement } from './refusedStatement';

const partition = (more: Partial<PartitionStatus>) => ({ state: 'RUNNING', ...more }) as PartitionStatus;

test('a statement that a partition cannot run is one to give up', () => {
  const waits = partition({ partition: 1, statement: 7, error: 'waits for partition 0' });
  expect(refusedStatement([waits, partition({ state: 'FAILED', statement: 7, error: 'refused' })])).toEqual({ entry: 7, reason: 'refused' });
  expect(refusedStatement([partition({ state: 'SUSPENDED', statement: 8, error: 'waits for parked rows' })])?.entry).toBe(8);
});

test('rows that are refused and statements that wait by themselves are none', () => {
  expect(refusedStatement([partition({ state: 'SUSPENDED', error: 'a row' }), partition({ state: 'FAILED', statement: null })])).toBeUndefined();
  expect(refusedStatement([partition({ statement: 7 }), partition({ state: 'RETRYING', statement: 7 })])).toBeUndefined();
});
