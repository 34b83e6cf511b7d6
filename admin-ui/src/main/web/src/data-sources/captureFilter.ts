import type { CaptureFilter } from '../api/types';

/** A filter without what it leaves empty; undefined if nothing is filtered. */
export function filterInput(filter: CaptureFilter | null | undefined): CaptureFilter | undefined {
  const { ddl, ...rest } = filter ?? {};
  const given = Object.entries(rest).filter(([, value]) => value !== null && value.length > 0);
  const all = [...given, ...(ddl === false ? [['ddl', false]] : [])];
  return all.length === 0 ? undefined : (Object.fromEntries(all) as CaptureFilter);
}
