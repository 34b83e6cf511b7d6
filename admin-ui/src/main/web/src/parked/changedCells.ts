import type { Cell } from '../api/types';

/** The columns to which a text gives other cells than they have; throws an Error that says what is wrong with the text. */
export function changedCells(before: Record<string, Cell>, text: string, wrong: { json: string; cell: (column: string) => string }): Record<string, Cell> {
  let read: unknown;
  try {
    read = JSON.parse(text) as unknown;
  } catch {
    throw new Error(wrong.json);
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new Error(wrong.json);
  const changed: Record<string, Cell> = {};
  for (const [column, cell] of Object.entries(read as Record<string, unknown>)) {
    if (cell !== null && typeof cell !== 'string' && typeof cell !== 'number') throw new Error(wrong.cell(column));
    if (cell !== before[column]) changed[column] = cell;
  }
  return changed;
}
