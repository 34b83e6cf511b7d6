import type { ReplayInput, ReplayTables } from '../../api/replays';

export interface ReplayForm {
  from: 'TIME' | 'ENTRY';
  /** ISO 8601 */
  time?: string;
  entry?: number | null;
  /** Each as schema.table. */
  tables?: string[];
}

export function toInput({ from, time, entry, tables }: ReplayForm): ReplayInput {
  const wanted = (tables ?? []).flatMap((name) => tablesOf(name) ?? []);
  return {
    ...(from === 'TIME' && time !== undefined && { time }),
    ...(from === 'ENTRY' && typeof entry === 'number' && { entry }),
    ...(wanted.length > 0 && { tables: wanted }),
  };
}

/** A schema has no dot, a table may; undefined if the text does not name both. */
export function tablesOf(name: string): ReplayTables | undefined {
  const dot = name.indexOf('.');
  const [schema, table] = [name.slice(0, dot).trim(), name.slice(dot + 1).trim()];
  return dot > 0 && schema !== '' && table !== '' ? { schema, table } : undefined;
}
