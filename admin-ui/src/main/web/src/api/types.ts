/** The shapes of admin-ui's REST interface, /api/v1. */

import type { ReplayStatus, ReplayWish } from './replays';
import type { HeldStatement } from './statements';

export * from './channelTypes';

export const kinds = ['MYSQL', 'MARIADB', 'POSTGRESQL', 'ORACLE', 'REDIS'] as const;
export type Kind = (typeof kinds)[number];

export const tlsModes = ['DISABLED', 'PREFERRED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY'] as const;
export type TlsMode = (typeof tlsModes)[number];

export const startModes = ['NOW', 'EARLIEST', 'FILE', 'GTID', 'TIMESTAMP'] as const;
export type StartMode = (typeof startModes)[number];

export interface StartPosition {
  mode: StartMode;
  file?: string | null;
  offset?: number | null;
  gtidSet?: string | null;
  /** ISO 8601 */
  timestamp?: string | null;
}

export const changeKinds = ['INSERT', 'UPDATE', 'DELETE'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What is left out has its widest meaning. */
export interface CaptureFilter {
  include?: string[];
  exclude?: string[];
  canalRegex?: string | null;
  canalBlackRegex?: string | null;
  excludeColumns?: string[];
  kinds?: ChangeKind[];
  ddl?: boolean;
  ghostTables?: boolean;
}

export interface SourceServers {
  standbys: { host: string; port: number }[];
  read: 'PRIMARY' | 'REPLICA';
}

export interface CaptureSettings {
  start: StartPosition;
  serverId: number;
  logMaxBytes: number;
  /** ISO 8601 */
  logMaxAge: string;
  filter?: CaptureFilter | null;
  /** ISO 8601; none: no heartbeat rows */
  heartbeat?: string | null;
  /** schema.table; none: no rows can be asked for at the source */
  retlBuffer?: string | null;
  servers?: SourceServers | null;
}

/** PEM text. */
export interface Certificates {
  trusted?: string | null;
  client?: string | null;
}

interface DataSourceFields {
  name: string;
  kind: Kind;
  host: string;
  port: number;
  /** Of PostgreSQL, or Oracle's service. */
  database?: string | null;
  username: string;
  tls: TlsMode;
  site?: string | null;
  capture?: CaptureSettings | null;
}

export interface DataSourceInput extends DataSourceFields {
  /** Absent on an update: the stored one stays. */
  password?: string;
  /** Absent: those that are stored stay; an empty object removes them. Without a key the stored one stays. */
  certificates?: Certificates & { clientKey?: string };
}

export interface DataSource extends DataSourceFields {
  passwordSet: boolean;
  certificates?: (Certificates & { clientKeySet: boolean }) | null;
}

export interface ConnectionTest {
  ok: boolean;
  millis: number;
  server?: string | null;
  message?: string | null;
}

export type Role = 'source' | 'target';
export type Severity = 'OK' | 'WARNING' | 'ERROR';

export interface Finding {
  name: string;
  found: string;
  needed: string;
  severity: Severity;
  /** Empty: nothing to do. */
  fix?: string;
}

export interface Precheck {
  ok: boolean;
  findings: Finding[];
}

export type DesiredState = 'RUNNING' | 'PAUSED' | 'STOPPED';
export type State = DesiredState | 'STARTING' | 'RETRYING' | 'SUSPENDED' | 'FAILED' | 'STANDBY' | 'UNKNOWN';

export interface CaptureStatus {
  source: string;
  state: State;
  epoch: number;
  seq: number;
  entries: number;
  bytes: number;
  file?: string | null;
  offset: number;
  gtid?: string | null;
  commitMicros: number;
  readMicros: number;
  error?: string | null;
}

export interface DispatchStatus {
  pipeline: string;
  state: State;
  configVersion: number;
  generation: number;
  sourceEpoch: number;
  sourceSeq: number;
  read: number;
  dispatched: number;
  epoch: number;
  partitionSeqs: number[];
  commitMicros: number;
  error?: string | null;
  /** The one under way, or the last one. */
  replay?: ReplayStatus | null;
  held?: HeldStatement | null;
}

export interface PartitionStatus {
  pipeline: string;
  partition: number;
  state: State;
  epoch: number;
  /** The watermark: last entry at the target. */
  seq: number;
  rows: number;
  duplicates: number;
  gaps: number;
  missing: number;
  commitMicros: number;
  /** Entries sent to it that are not yet at the target. */
  backlog: number;
  /** Messages that the sink was given and has not acknowledged. */
  unacked: number;
  /** Of the oldest row that the sink was given; 0: none waits. */
  oldestAgeMicros: number;
  lagP50Micros: number;
  lagP99Micros: number;
  instance?: string | null;
  error?: string | null;
  /** Entry of the statement that it stands before. */
  statement?: number | null;
}

/** The source moves, the target does not. */
export interface Stall {
  stage: 'capture' | 'dispatcher' | 'apply';
  since: string;
  reason: string;
}

export interface PipelineStatus {
  name: string;
  source: string;
  target: string;
  desired: DesiredState;
  state: State;
  error?: string | null;
  inSync: boolean;
  capture?: CaptureStatus | null;
  dispatch?: DispatchStatus | null;
  partitions: PartitionStatus[];
  captured: number;
  dispatched: number;
  backlog: number;
  rowsPerSecond: number;
  lagP50Micros?: number | null;
  lagP99Micros?: number | null;
  behindMicros?: number | null;
  stall?: Stall | null;
  /** The last wish; `dispatch.replay` says what became of it. */
  replay?: ReplayWish | null;
  /** Instances that the pipeline's work asks for, as fractions. */
  desiredInstances: { service: string; share: number }[];
}

export interface SourceStatus {
  name: string;
  state: State;
  error?: string | null;
  instance?: string | null;
  seq: number;
  rowsPerSecond: number;
  file?: string | null;
  offset?: number | null;
  gtid?: string | null;
  commitMicros: number;
  behindMicros?: number | null;
}

export interface InstanceStatus {
  service: string;
  instance: string;
  version: string;
  configVersion: number;
  lastSeen: string;
  alive: boolean;
}

export interface Status {
  configVersion: number;
  time: string;
  broker: { connected: boolean; error?: string | null };
  channels: { name: string; pipelines: PipelineStatus[] }[];
  sources: SourceStatus[];
  instances: InstanceStatus[];
}

export type Command = 'start' | 'pause' | 'stop' | 'release';

/** A cell as in a row line. */
export type Cell = string | number | null;

export type ParkedState = 'PARKED' | 'APPLIED' | 'SKIPPED';

/** A row that a target refused, or one that waits behind it. */
export interface ParkedRow {
  id: number;
  changedAt: string;
  pipeline: string;
  partition: number;
  epoch: number;
  seq: number;
  state: ParkedState;
  schema: string;
  table: string;
  targetSchema: string;
  targetTable: string;
  op: 'c' | 'u' | 'd' | 'r' | 'e';
  before?: Record<string, Cell>;
  after?: Record<string, Cell>;
  /** Columns whose cells are not shown whole. */
  shortened?: string[];
  reason: string;
  sqlState?: string;
  tries: number;
  file: string;
  offset: number;
  gtid?: string;
  commitMicros: number;
  parkedAt: string;
}

export interface ParkedPage {
  total: number;
  page: number;
  size: number;
  rows: ParkedRow[];
}

export interface ParkedTable {
  pipeline: string;
  partition: number;
  targetSchema: string;
  targetTable: string;
  rows: number;
  first: ParkedRow;
}

export interface ParkedFilter {
  state?: ParkedState;
  page: number;
  size: number;
}

export interface CommandResult {
  pipeline: string;
  state: DesiredState;
  generation: number;
  configVersion: number;
}

/** RFC 9457, with the fields that are wrong. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: { field: string; message: string }[];
}
