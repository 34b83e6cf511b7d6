import { describe, expect, it } from 'vitest';
import type { InstanceStatus, PartitionStatus, PipelineStatus } from '../api/types';
import { pressure } from './flow/bySource';
import { allPartitions, dispatcherState, fill, flowOf, sinkState, totalsOf } from './pipelineNumbers';

const partition = (n: number, seq: number) => ({ partition: n, seq }) as PartitionStatus;
const pipeline = (rest: Partial<PipelineStatus>) =>
  ({ state: 'RUNNING', desired: 'RUNNING', rowsPerSecond: 0, backlog: 0, captured: 0, dispatched: 0, partitions: [], ...rest }) as PipelineStatus;

describe('flowOf', () => {
  it('says where the rows wait', () => {
    const one = pipeline({ captured: 100, dispatched: 90, backlog: 25, partitions: [partition(0, 40), partition(1, 30)] });
    expect(flowOf(one)).toEqual({ captured: 100, dispatched: 90, applied: 70, waitingInLog: 10, waitingInPartitions: 15 });
  });
  it('never shows less than nothing when reports of two services differ in age', () => {
    const one = pipeline({ captured: 90, dispatched: 100, backlog: 0 });
    expect(flowOf(one)).toMatchObject({ waitingInLog: 0, waitingInPartitions: 0 });
  });
});

it('fills a bar logarithmically', () => {
  expect([fill(0), fill(1), fill(1_000_000), fill(1e9)]).toEqual([0, 0.1, 1, 1]);
});

it('takes the lag of the slowest pipeline, for percentiles cannot be added', () => {
  const all = [
    pipeline({ lagP50Micros: 5, lagP99Micros: 20, rowsPerSecond: 3, backlog: 1 }),
    pipeline({ lagP50Micros: 4, lagP99Micros: 90, rowsPerSecond: 4, backlog: 2 }),
    pipeline({ state: 'FAILED', lagP50Micros: null, lagP99Micros: null }),
  ];
  expect(totalsOf(all)).toEqual({
    pipelines: 3, running: 2, failed: 1, retrying: 0, unsettled: 0, rowsPerSecond: 7, backlog: 3, lagP50Micros: 4, lagP99Micros: 90,
  });
  expect(totalsOf([pipeline({ state: 'UNKNOWN' }), pipeline({ state: 'PAUSED', desired: 'PAUSED' })]).unsettled).toBe(1);
  expect(totalsOf([])).toMatchObject({ pipelines: 0, lagP99Micros: null });
});

it('calls more than ten seconds of rows a queue', () => {
  expect([pressure(0, 0), pressure(900, 1), pressure(5_000, 1_000), pressure(50_000, 1_000)]).toEqual([
    'none', 'some', 'some', 'much',
  ]);
});

it('takes the worst partition as the state of the sink', () => {
  const running = partition(0, 1);
  const retrying = { ...partition(1, 1), state: 'RETRYING' as const, error: 'no connection' };
  expect(sinkState(pipeline({ partitions: [{ ...running, state: 'RUNNING' }, retrying] }))).toBe(retrying);
  expect(sinkState(pipeline({ state: 'UNKNOWN' })).state).toBe('UNKNOWN');
});

describe('dispatcherState', () => {
  const instance = (alive: boolean) => [{ service: 'dispatcher', alive } as InstanceStatus];
  const one = pipeline({ desired: 'RUNNING', dispatch: { state: 'RUNNING' } as PipelineStatus['dispatch'] });
  it('is what the dispatcher says', () => expect(dispatcherState(one, instance(true))).toBe('RUNNING'));
  it('is not known when no dispatcher is alive', () => expect(dispatcherState(one, instance(false))).toBe('UNKNOWN'));
  it('is stopped when that is wanted', () => {
    expect(dispatcherState({ ...one, desired: 'STOPPED' }, [])).toBe('STOPPED');
  });
});

it('shows partitions that no sink has reported on', () => {
  const dispatch = { partitionSeqs: [5, 0, 9] } as PipelineStatus['dispatch'];
  const one = pipeline({ dispatch, partitions: [{ ...partition(2, 7), backlog: 2, state: 'RUNNING' }] });
  expect(allPartitions(one)).toEqual([
    { partition: 0, waiting: 0, state: 'STANDBY' },
    { partition: 1, waiting: 0, state: 'STANDBY' },
    { partition: 2, waiting: 2, state: 'RUNNING' },
  ]);
});
