import type { SetColumn } from '../api/types';

/** A column that a mapping sets, as SQL would say it. */
export function setColumnText({ column, value, expression }: SetColumn): string {
  return `${column} = ${expression ?? `'${value ?? ''}'`}`;
}
