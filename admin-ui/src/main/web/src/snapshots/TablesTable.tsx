import { Table } from 'antd';
import type { Snapshot, TableProgress } from '../api/snapshots';
import { rate } from '../format/number';
import { t } from '../text';
import { Copied } from './Copied';
import { PhaseTag } from './PhaseTag';

const { columns } = t.snapshots;

/** How far each table of a snapshot has come. */
export function TablesTable({ snapshot: { progress } }: { snapshot: Snapshot }) {
  return (
    <Table<TableProgress>
      size="small"
      pagination={(progress?.tables.length ?? 0) > 20 ? { pageSize: 20 } : false}
      rowKey={({ schema, table }) => `${schema}.${table}`}
      dataSource={progress?.tables ?? []}
      columns={[
        { title: columns.table, render: (_, { schema, table }) => <span className="mono">{`${schema}.${table}`}</span> },
        { title: columns.phase, render: (_, { phase }) => <PhaseTag phase={phase} /> },
        { title: columns.copied, width: 260, render: (_, table) => <Copied {...table} /> },
        {
          title: columns.rate,
          align: 'end',
          render: (_, { phase, rowsPerSecond }) => (phase === 'RUNNING' ? rate(rowsPerSecond) : '–'),
        },
        { title: columns.error, render: (_, { error }) => error ?? '' },
      ]}
    />
  );
}
