import { useChange } from './configuration';
import { request } from './http';
import type { CommandResult } from './types';

/** Source tables by name or pattern. */
export interface ReplayTables {
  schema: string;
  table: string;
}

/** From an entry of the source log or from a time, of which one is given. */
export interface ReplayInput {
  entry?: number;
  /** ISO 8601 */
  time?: string;
  /** Left out: all that are mapped. */
  tables?: ReplayTables[];
}

/** The last wish, as the configuration has it. */
export interface ReplayWish extends ReplayInput {
  generation: number;
}

export interface ReplayStatus {
  generation: number;
  from: number;
  until: number;
  /** Last entry read; `until` when it is done. */
  at: number;
  /** Sent again since the present dispatcher took over. */
  rows: number;
  leftOut?: string[] | null;
  refusal?: string | null;
}

/** Asks a pipeline to send a stretch of the source log again. */
export function useReplay() {
  return useChange(({ pipeline, input }: { pipeline: string; input: ReplayInput }) =>
    request<CommandResult>('POST', `/pipelines/${encodeURIComponent(pipeline)}/replay`, input),
  );
}
