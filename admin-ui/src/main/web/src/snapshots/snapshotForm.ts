import type { SnapshotInput, WantedTables } from '../api/snapshots';
import type { Channel, Pipeline } from '../api/types';

/** Which rows of the chosen tables: all, those of a condition, or those with given keys. */
export type Rows = 'ALL' | 'WHERE' | 'KEYS';

export interface TablesForm {
  schema: string;
  table: string;
  rows: Rows;
  where?: string;
  /** One key a line; the columns of a composite one are separated by commas. */
  keys?: string;
}

export interface SnapshotForm {
  name?: string;
  pipelines: string[];
  tables: TablesForm[];
  rowsPerSecond?: number | null;
  threadsRunning?: number | null;
  queuedMessages?: number | null;
}

export const allTables: TablesForm = { schema: '*', table: '*', rows: 'ALL' };

export function toInput({ name, pipelines, tables, ...limits }: SnapshotForm): SnapshotInput {
  const { rowsPerSecond, threadsRunning, queuedMessages } = limits;
  return {
    ...(name?.trim() && { name: name.trim() }),
    pipelines,
    tables: tables.map(tablesInput),
    limits: {
      ...(rowsPerSecond && { rowsPerSecond }),
      ...(threadsRunning && { threadsRunning }),
      ...(queuedMessages && { queuedMessages }),
    },
  };
}

function tablesInput({ schema, table, rows, where, keys }: TablesForm): WantedTables {
  return {
    schema: schema.trim(),
    table: table.trim(),
    ...(rows === 'WHERE' && { where: where?.trim() ?? '' }),
    ...(rows === 'KEYS' && { keys: keyList(keys ?? '') }),
  };
}

/** Lines of keys as lists of column values. */
export function keyList(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((value) => value.trim()));
}

/** Pipelines that can be chosen beside the ones that are: a snapshot has one source. */
export function choosable(channels: Channel[], chosen: string[]): Pipeline[] {
  const all = channels.flatMap(({ pipelines }) => pipelines);
  const source = all.find(({ name }) => chosen.includes(name))?.source;
  return source === undefined ? all : all.filter((pipeline) => pipeline.source === source);
}
