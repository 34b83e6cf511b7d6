import type { StatementKind, StatementPolicy } from './statements';
import type { ChangeKind, DesiredState } from './types';

export interface ColumnRules {
  include?: string[];
  exclude?: string[];
  rename?: Record<string, string>;
}

export type CacheFormat = 'JSON' | 'HASH';

export interface CacheRule {
  key: string;
  /** JSON if left out. */
  format?: CacheFormat;
  /** ISO 8601 */
  ttl?: string | null;
}

/** Which rows of its tables a mapping takes. */
export interface RowFilter {
  where?: string | null;
  /** Empty: all. */
  kinds?: ChangeKind[];
}

/**
 * A column of the target with one value in all rows of a source table, of which {schema} and {table} are the names, or with what
 * an expression makes of each row.
 */
export interface SetColumn {
  column: string;
  value?: string | null;
  expression?: string | null;
  /** Whether it belongs to the target's primary key. */
  key?: boolean;
}

export interface Mapping {
  schema: string;
  table: string;
  targetSchema?: string | null;
  targetTable?: string | null;
  columns?: ColumnRules | null;
  cache?: CacheRule | null;
  rows?: RowFilter | null;
  set?: SetColumn[] | null;
  /** Whether a table that the target lacks is made as the source has it. */
  createTable?: boolean | null;
}

export const badRowPolicies = ['SUSPEND', 'PARK'] as const;
export const missingRowPolicies = ['UPSERT', 'UPSERT_WHOLE', 'COUNT', 'PARK'] as const;

/** What happens to rows that a database does not take; what is left out takes its default. */
export interface ApplyRules {
  onBadRow?: (typeof badRowPolicies)[number];
  /** 0: for ever. */
  attempts?: number | null;
  recoveries?: number | null;
  missingRow?: (typeof missingRowPolicies)[number];
  /** Statements, by kind; what is left out is ignored. */
  ddl?: Partial<Record<StatementKind, StatementPolicy>> | null;
}

export const modes = ['ROW', 'TRANSACTION'] as const;

export interface Pipeline {
  name: string;
  source: string;
  target: string;
  state: DesiredState;
  partitions: number;
  mappings: Mapping[];
  /** Of a database target; absent: the defaults. */
  apply?: ApplyRules | null;
  mode?: (typeof modes)[number];
}

export interface Channel {
  name: string;
  pipelines: Pipeline[];
  /** Of a save: what could not be checked. Never sent. */
  warnings?: string[];
}
