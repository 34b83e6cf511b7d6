import type { CaptureSettings, DataSource, DataSourceInput, Kind, SourceServers, StartPosition } from '../api/types';
import { fromIso, toIso } from '../format/duration';
import { filterInput } from './captureFilter';

const gigabyte = 1e9;

/** The log's size in gigabytes and its age as a person types it; standbys as host:port. */
export interface CaptureForm extends Omit<CaptureSettings, 'servers'> {
  standbys: string[];
  read: SourceServers['read'];
}

/** What the form holds, and what it doesn't show and must not lose. */
export interface DataSourceForm extends Omit<DataSourceInput, 'capture'> {
  isSource: boolean;
  capture?: CaptureForm;
}

export const defaultPort: Record<Kind, number> = { MYSQL: 3306, MARIADB: 3306, POSTGRESQL: 5432, ORACLE: 1521, REDIS: 6379 };

export function capturable(kind: Kind): boolean {
  return kind === 'MYSQL' || kind === 'MARIADB';
}

/** Whether its TLS goes by certificates that are given here. */
export function takesCertificates(kind: Kind): boolean {
  return kind !== 'REDIS';
}

/** Whether a connection is one to a database of the server. */
export function needsDatabase(kind: Kind | undefined): boolean {
  return kind === 'POSTGRESQL' || kind === 'ORACLE';
}

const defaultCapture: CaptureForm = {
  start: { mode: 'NOW' },
  serverId: 0,
  logMaxBytes: 20,
  logMaxAge: '7d',
  standbys: [],
  read: 'PRIMARY',
};

export const emptyForm: Partial<DataSourceForm> = {
  kind: 'MYSQL',
  port: defaultPort.MYSQL,
  username: '',
  tls: 'PREFERRED',
  isSource: true,
  capture: defaultCapture,
};

export function toForm(source: DataSource): DataSourceForm {
  const { passwordSet: _, certificates: stored, capture, ...fields } = source;
  const isSource = capture !== null && capture !== undefined;
  const { clientKeySet: __, ...certificates } = { clientKeySet: false, ...stored };
  return { ...fields, certificates, isSource, capture: isSource ? captureForm(capture) : defaultCapture };
}

function captureForm({ servers, ...capture }: CaptureSettings): CaptureForm {
  return {
    ...capture,
    logMaxBytes: capture.logMaxBytes / gigabyte,
    logMaxAge: fromIso(capture.logMaxAge),
    ...(capture.heartbeat && { heartbeat: fromIso(capture.heartbeat) }),
    standbys: (servers?.standbys ?? []).map(({ host, port }) => `${host}:${port}`),
    read: servers?.read ?? 'PRIMARY',
  };
}

export function toInput({ isSource, capture, password, site, database, certificates, ...fields }: DataSourceForm): DataSourceInput {
  return {
    ...fields,
    certificates: takesCertificates(fields.kind) ? given(certificates) : {},
    username: fields.username.trim(),
    host: fields.host.trim(),
    ...(password !== undefined && password !== '' && { password }),
    ...(site !== undefined && site !== null && site.trim() !== '' && { site: site.trim() }),
    ...(needsDatabase(fields.kind) && database && { database: database.trim() }),
    ...(isSource && capturable(fields.kind) && capture !== undefined && { capture: captureInput(capture, fields.port) }),
  };
}

/** Whether the form still names the server and account that are stored. */
export function sameServer(stored: DataSource, form: DataSourceForm): boolean {
  return (['kind', 'host', 'port', 'database', 'username', 'tls'] as const).every(
    (field) => (stored[field] ?? '') === (form[field] ?? ''),
  );
}

function captureInput({ standbys, read, ...capture }: CaptureForm, usualPort: number): CaptureSettings {
  // A jump is asked for at a place of its own, never by saving the data source.
  const { reset: _, filter, heartbeat, retlBuffer, ...kept } = capture as Omit<CaptureForm, 'standbys' | 'read'> & { reset?: unknown };
  const wanted = filterInput(filter);
  return {
    ...kept,
    start: startInput(capture.start),
    logMaxBytes: Math.round(capture.logMaxBytes * gigabyte),
    logMaxAge: toIso(capture.logMaxAge) ?? capture.logMaxAge,
    ...(wanted !== undefined && { filter: wanted }),
    ...given({ heartbeat: heartbeat && (toIso(heartbeat) ?? heartbeat), retlBuffer }),
    servers: { standbys: standbys.map((address) => serverAddress(address, usualPort)), read },
  };
}

/** Without what is empty. */
function given<T extends object>(texts: T | undefined): T {
  return Object.fromEntries(Object.entries(texts ?? {}).filter(([, text]) => typeof text !== 'string' ? text != null : text.trim() !== '')) as T;
}

/** db2.example.net:3306, [::1]:3306, or a host alone. */
export function serverAddress(text: string, usualPort: number): { host: string; port: number } {
  const [, host = text.trim(), port] = /^(.+):(\d+)$/.exec(text.trim()) ?? [];
  return { host, port: port === undefined ? usualPort : Number(port) };
}

/** Only what belongs to the mode; the form may still hold the fields of another. */
export function startInput({ mode, file, offset, gtidSet, timestamp }: StartPosition): StartPosition {
  if (mode === 'FILE') return { mode, file, offset };
  if (mode === 'TIMESTAMP') return { mode, timestamp };
  return mode === 'GTID' ? { mode, gtidSet: gtidSet?.replace(/\s+/g, '') } : { mode };
}
