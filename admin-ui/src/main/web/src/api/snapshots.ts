import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './http';

export type Phase = 'WAITING' | 'RUNNING' | 'PAUSED' | 'DONE' | 'FAILED' | 'CANCELLED';

/** Tables by name or pattern; rows by a condition or by their keys. */
export interface WantedTables {
  schema: string;
  table: string;
  where?: string | null;
  keys?: string[][] | null;
}

/** 0 stands for the usual limit. */
export interface Limits {
  rowsPerSecond?: number;
  threadsRunning?: number;
  queuedMessages?: number;
}

export interface SnapshotInput {
  name?: string;
  pipelines: string[];
  tables?: WantedTables[];
  limits?: Limits;
}

export interface TableProgress {
  schema: string;
  table: string;
  phase: Phase;
  rows: number;
  /** 0 if unknown */
  estimate: number;
  rowsPerSecond: number;
  secondsLeft?: number | null;
  error?: string | null;
}

export interface Progress {
  phase: Phase;
  generation: number;
  chunks: number;
  rows: number;
  /** 0 if unknown */
  estimate: number;
  rowsPerSecond: number;
  secondsLeft?: number | null;
  tablesDone: number;
  tablesLeft: number;
  tables: TableProgress[];
  note?: string | null;
}

export interface Snapshot {
  wanted: {
    name: string;
    created: string;
    source: string;
    pipelines: string[];
    tables: WantedTables[];
    state: 'RUNNING' | 'PAUSED' | 'CANCELLED';
    generation: number;
  };
  /** Null while no capture reports on it. */
  progress?: Progress | null;
}

export type SnapshotCommand = 'pause' | 'resume' | 'cancel';

const key = ['snapshots'];
const at = (name: string) => `/snapshots/${encodeURIComponent(name)}`;

export function useSnapshots() {
  return useQuery({
    queryKey: key,
    queryFn: () => request<Snapshot[]>('GET', '/snapshots'),
    refetchInterval: 2_000,
    retry: false,
  });
}

function useChange<Input>(change: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}

export function useCreateSnapshot() {
  return useChange((input: SnapshotInput) => request<Snapshot>('POST', '/snapshots', input));
}

export function useSnapshotCommand() {
  return useChange(({ name, command }: { name: string; command: SnapshotCommand }) =>
    request<Snapshot>('POST', `${at(name)}/${command}`),
  );
}

export function useForgetSnapshot() {
  return useChange((name: string) => request<undefined>('DELETE', at(name)));
}
