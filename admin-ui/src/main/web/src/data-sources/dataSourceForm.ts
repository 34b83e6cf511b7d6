import type { CaptureSettings, DataSource, DataSourceInput, Kind } from '../api/types';
import { fromIso, toIso } from '../format/duration';

const gigabyte = 1e9;

/** What the form holds: the log's size in gigabytes and its age as a person types it. */
export interface DataSourceForm extends Omit<DataSourceInput, 'capture'> {
  isSource: boolean;
  capture?: CaptureSettings;
}

export const defaultPort: Record<Kind, number> = { MYSQL: 3306, MARIADB: 3306, ORACLE: 1521, REDIS: 6379 };

export function capturable(kind: Kind): boolean {
  return kind === 'MYSQL' || kind === 'MARIADB';
}

const defaultCapture: CaptureSettings = { start: { mode: 'NOW' }, serverId: 0, logMaxBytes: 20, logMaxAge: '7d' };

export const emptyForm: Partial<DataSourceForm> = {
  kind: 'MYSQL',
  port: defaultPort.MYSQL,
  username: '',
  tls: 'PREFERRED',
  isSource: true,
  capture: defaultCapture,
};

export function toForm(source: DataSource): DataSourceForm {
  const { passwordSet: _, capture, ...fields } = source;
  return {
    ...fields,
    isSource: capture !== null && capture !== undefined,
    capture: capture
      ? { ...capture, logMaxBytes: capture.logMaxBytes / gigabyte, logMaxAge: fromIso(capture.logMaxAge) }
      : defaultCapture,
  };
}

export function toInput({ isSource, capture, password, site, ...fields }: DataSourceForm): DataSourceInput {
  return {
    ...fields,
    username: fields.username.trim(),
    host: fields.host.trim(),
    ...(password !== undefined && password !== '' && { password }),
    ...(site !== undefined && site !== null && site.trim() !== '' && { site: site.trim() }),
    ...(isSource && capturable(fields.kind) && capture !== undefined && { capture: captureInput(capture) }),
  };
}

/** Whether the form still names the server and account that are stored. */
export function sameServer(stored: DataSource, form: DataSourceForm): boolean {
  return (['kind', 'host', 'port', 'username', 'tls'] as const).every((field) => stored[field] === form[field]);
}

function captureInput({ start, serverId, logMaxBytes, logMaxAge }: CaptureSettings): CaptureSettings {
  return {
    start: startInput(start),
    serverId,
    logMaxBytes: Math.round(logMaxBytes * gigabyte),
    logMaxAge: toIso(logMaxAge) ?? logMaxAge,
  };
}

/** Only what belongs to the mode; the form may still hold the fields of another. */
function startInput({ mode, file, offset, gtidSet }: CaptureSettings['start']): CaptureSettings['start'] {
  if (mode === 'FILE') return { mode, file, offset };
  return mode === 'GTID' ? { mode, gtidSet: gtidSet?.replace(/\s+/g, '') } : { mode };
}
