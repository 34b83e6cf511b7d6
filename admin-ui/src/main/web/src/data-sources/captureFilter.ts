import type { CaptureFilter } from '../api/types';

type Value = string | boolean | string[] | null | undefined;

/** A filter without what it leaves empty; undefined if nothing is filtered. */
export function filterInput(filter: CaptureFilter | null | undefined): CaptureFilter | undefined {
  const members: Record<string, Value> = { ...filter };
  const given = Object.entries(members).filter(([member, value]) => says(member, value));
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** Whether a value differs from what a member means when it is left out. */
function says(member: string, value: Value): boolean {
  if (value === null || value === undefined) {
    return false;
  }
  if (typeof value === 'boolean') {
    return value !== (member === 'ddl');
  }
  return value.length > 0;
}
