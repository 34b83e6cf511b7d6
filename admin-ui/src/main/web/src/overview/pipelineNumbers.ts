import type { InstanceStatus, PipelineStatus, State } from '../api/types';
import { pending } from './pipelineRows';

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

/** Where the rows of a pipeline are: how many came past each place, and how many wait before the next. */
export interface Flow {
  captured: number;
  dispatched: number;
  /** Entries at the target, of those that the mappings let through. */
  applied: number;
  waitingInLog: number;
  waitingInPartitions: number;
}

export function flowOf(pipeline: PipelineStatus): Flow {
  const waitingInLog = Math.max(0, pipeline.captured - pipeline.dispatched);
  return {
    captured: pipeline.captured,
    dispatched: pipeline.dispatched,
    applied: sum(pipeline.partitions.map((partition) => partition.seq)),
    waitingInLog,
    waitingInPartitions: Math.max(0, pipeline.backlog - waitingInLog),
  };
}

/** The state of the dispatcher; what a dispatcher said that is gone means nothing any more. */
export function dispatcherState(pipeline: PipelineStatus, instances: InstanceStatus[]): State {
  const alive = instances.some((instance) => instance.service === 'dispatcher' && instance.alive);
  if (alive && pipeline.dispatch) return pipeline.dispatch.state;
  return pipeline.desired === 'STOPPED' ? 'STOPPED' : 'UNKNOWN';
}

/** All partitions by number, also those that no sink has reported on, because nothing came for them yet. */
export function allPartitions(pipeline: PipelineStatus): { partition: number; waiting: number; state: State }[] {
  const known = new Map(pipeline.partitions.map((partition) => [partition.partition, partition]));
  const length = Math.max(pipeline.dispatch?.partitionSeqs.length ?? 0, ...[...known.keys()].map((n) => n + 1));
  return Array.from({ length }, (_, n) => {
    const found = known.get(n);
    return { partition: n, waiting: found?.backlog ?? 0, state: found?.state ?? 'STANDBY' };
  });
}

const gravity: State[] = ['FAILED', 'SUSPENDED', 'RETRYING', 'UNKNOWN', 'STARTING', 'STOPPED', 'PAUSED', 'RUNNING', 'STANDBY'];

/** The state of the way into the target: that of the partition which is worst off. */
export function sinkState(pipeline: PipelineStatus): { state: State; error?: string | null } {
  const worst = gravity
    .map((state) => pipeline.partitions.find((partition) => partition.state === state))
    .find((partition) => partition !== undefined);
  return worst ?? { state: pipeline.state, error: pipeline.error };
}

/** Height of a bar between 0 and 1: ten rows are visible, a million fill it. */
export function fill(rows: number): number {
  return rows <= 0 ? 0 : Math.min(1, 0.1 + (0.9 * Math.log10(rows)) / 6);
}

export interface Totals {
  pipelines: number;
  running: number;
  failed: number;
  retrying: number;
  /** Neither failed nor retrying, but not in the state that is wanted, such as starting or unknown. */
  unsettled: number;
  rowsPerSecond: number;
  backlog: number;
  /** Of the slowest pipeline: percentiles of several cannot be added up. */
  lagP50Micros: number | null;
  lagP99Micros: number | null;
}

export function totalsOf(pipelines: PipelineStatus[]): Totals {
  const inState = (state: PipelineStatus['state']) => pipelines.filter((pipeline) => pipeline.state === state).length;
  const worst = pipelines.reduce<PipelineStatus | undefined>(
    (a, b) => ((b.lagP99Micros ?? 0) > (a?.lagP99Micros ?? 0) ? b : a),
    undefined,
  );
  return {
    pipelines: pipelines.length,
    running: inState('RUNNING'),
    failed: inState('FAILED') + inState('SUSPENDED'),
    retrying: inState('RETRYING'),
    unsettled: pipelines.filter((pipeline) => pending(pipeline) !== undefined).length,
    rowsPerSecond: sum(pipelines.map((pipeline) => pipeline.rowsPerSecond)),
    backlog: sum(pipelines.map((pipeline) => pipeline.backlog)),
    lagP50Micros: worst?.lagP50Micros ?? null,
    lagP99Micros: worst?.lagP99Micros ?? null,
  };
}
