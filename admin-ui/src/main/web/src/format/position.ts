export interface Place {
  file?: string | null;
  offset?: number | null;
  gtid?: string | null;
}

/** File and offset as the manuals of MySQL and MariaDB write it: binlog.000042:1547. */
export function filePosition(place: Place): string | undefined {
  if (place.file === null || place.file === undefined || place.file === '') return undefined;
  return `${place.file}:${place.offset ?? 0}`;
}

/**
 * A GTID that fits into a table cell: of MySQL's UUIDs the first eight digits. A set shows its last member and how many
 * others there are.
 */
export function shortGtid(gtid: string): string {
  const members = gtid.split(',').map((member) => member.trim());
  const last = (members.at(-1) ?? '').replace(/^([0-9a-f]{8})-[0-9a-f-]{27}/i, '$1…');
  return members.length > 1 ? `${last} +${members.length - 1}` : last;
}
