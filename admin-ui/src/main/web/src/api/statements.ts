import { useChange } from './configuration';
import { request } from './http';
import type { CommandResult } from './types';

/** A statement before which a pipeline waits until it is answered. */
export interface HeldStatement {
  entry: number;
  /** As at the source; of a long one the beginning. */
  sql: string;
  reason: string;
  /** Otherwise the target is changed by hand and the statement ignored. */
  applicable: boolean;
}

export const statementKinds = ['create', 'alter', 'index', 'rename', 'drop', 'truncate'] as const;
export type StatementKind = (typeof statementKinds)[number];
export const statementPolicies = ['APPLY', 'ASK', 'IGNORE'] as const;
export type StatementPolicy = (typeof statementPolicies)[number];

export type StatementAnswer = 'apply' | 'ignore';

/** Says what becomes of the statement before which a pipeline waits. */
export function useAnswer() {
  return useChange(({ pipeline, entry, answer }: { pipeline: string; entry: number; answer: StatementAnswer }) =>
    request<CommandResult>('POST', `/pipelines/${encodeURIComponent(pipeline)}/statements/${entry}/${answer}`),
  );
}
