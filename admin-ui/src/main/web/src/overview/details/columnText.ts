import type { ColumnRules, SetColumn } from '../../api/types';
import { setColumnText } from '../../format/setColumn';
import { t } from '../../text';

/** The rules for columns in words. */
export function columnText(rules: ColumnRules | null | undefined, set?: SetColumn[] | null): string {
  const include = rules?.include ?? [];
  const exclude = rules?.exclude ?? [];
  const parts = [
    ...(include.length > 0 ? [t.details.only(include.join(', '))] : []),
    ...(exclude.length > 0 ? [t.details.without(exclude.join(', '))] : []),
    ...Object.entries(rules?.rename ?? {}).map(([from, to]) => t.details.renamed(from, to)),
    ...(set ?? []).map(setColumnText),
  ];
  return parts.length === 0 ? t.details.allColumns : parts.join('; ');
}
