import type { CaptureFilter } from '../api/types';

/** A filter without what it leaves empty; undefined if nothing is filtered. */
export function filterInput(filter: CaptureFilter | null | undefined): CaptureFilter | undefined {
  const given = Object.entries(filter ?? {}).filter(([member, value]) => value !== null && says(member, value));
  return given.length === 0 ? undefined : (Object.fromEntries(given) as CaptureFilter);
}

/** Whether a value differs from what a member means when it is left out. */
function says(member: string, value: string | boolean | unknown[]): boolean {
  if (typeof value === 'boolean') {
    return value !== (member === 'ddl');
  }
  return value.length > 0;
}
