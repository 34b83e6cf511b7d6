import type { Phase, Progress, Snapshot, SnapshotInput, TableProgress } from '../src/api/snapshots';
import type { Channel } from '../src/api/types';

const rowsOfTable = 400_000;
const perSecond = 9_000;

/** Pretended snapshots that grow with the clock. */
export class Snapshots {
  private all: Snapshot[] = [];

  create(input: SnapshotInput, channels: Channel[]): Snapshot {
    const source = channels.flatMap(({ pipelines }) => pipelines).find(({ name }) => input.pipelines.includes(name))?.source ?? '';
    const created = new Date().toISOString();
    const name = input.name ?? `snapshot-${created.replace(/\D/g, '').slice(0, 14)}`;
    const wanted = { name, created, source, pipelines: input.pipelines, tables: input.tables ?? [], state: 'RUNNING' as const, generation: 1 };
    this.all.push({ wanted });
    return { wanted };
  }

  list(): Snapshot[] {
    return this.all.map((snapshot) => ({ ...snapshot, progress: progressOf(snapshot) }));
  }

  command(name: string, state: Snapshot['wanted']['state']): Snapshot | undefined {
    const found = this.all.find(({ wanted }) => wanted.name === name);
    if (found) found.wanted = { ...found.wanted, state };
    return found;
  }

  forget(name: string) {
    this.all = this.all.filter(({ wanted }) => wanted.name !== name);
  }
}

function progressOf({ wanted }: Snapshot): Progress {
  const rows = Math.min(2 * rowsOfTable, (perSecond * (Date.now() - Date.parse(wanted.created))) / 1000);
  const done = rows >= 2 * rowsOfTable;
  const phase: Phase = wanted.state === 'RUNNING' ? (done ? 'DONE' : 'RUNNING') : wanted.state;
  const table = (name: string, from: number): TableProgress => ({
    schema: 'shop', table: name, rows: Math.max(0, Math.min(rowsOfTable, Math.floor(rows - from))), estimate: rowsOfTable,
    phase: rows >= from + rowsOfTable ? ('DONE' as const) : rows > from ? phase : ('WAITING' as const), rowsPerSecond: perSecond,
  });
  return {
    phase, generation: wanted.generation, chunks: Math.floor(rows / 4000), rows: Math.floor(rows), estimate: 2 * rowsOfTable, rowsPerSecond: perSecond,
    secondsLeft: (2 * rowsOfTable - rows) / perSecond, tablesDone: Math.floor(rows / rowsOfTable), tablesLeft: 2 - Math.floor(rows / rowsOfTable),
    tables: [table('customer', 0), table('product', rowsOfTable)], note: null,
  };
}
