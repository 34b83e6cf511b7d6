import { Card, Table } from 'antd';
import type { Snapshot } from '../api/snapshots';
import { humane } from '../format/duration';
import { rate } from '../format/number';
import { t } from '../text';
import { Copied } from './Copied';
import { newestFirst, phaseOf } from './phase';
import { PhaseTag } from './PhaseTag';
import { SnapshotActions } from './SnapshotActions';
import { TablesTable } from './TablesTable';

const words = t.snapshots;
const { columns } = words;

export function SnapshotsTable({ snapshots }: { snapshots: Snapshot[] }) {
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table<Snapshot>
        size="middle"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey={({ wanted }) => wanted.name}
        dataSource={[...snapshots].sort(newestFirst)}
        expandable={{
          expandedRowRender: (snapshot) => <TablesTable snapshot={snapshot} />,
          rowExpandable: ({ progress }) => (progress?.tables.length ?? 0) > 0,
        }}
        columns={[
          {
            title: columns.name,
            render: (_, { wanted, progress }) => (
              <>
                <strong>{wanted.name}</strong>
                <div className="muted">{`${wanted.source} → ${wanted.pipelines.join(', ')}`}</div>
                {progress?.note && <div className="muted">{progress.note}</div>}
              </>
            ),
          },
          { title: columns.phase, render: (_, snapshot) => <PhaseTag phase={phaseOf(snapshot)} /> },
          {
            title: columns.copied,
            width: 280,
            render: (_, { progress }) => (progress ? <Copied {...progress} /> : words.notReported),
          },
          {
            title: columns.tables,
            align: 'end',
            render: (_, { progress }) =>
              progress ? words.of(progress.tablesDone, progress.tablesDone + progress.tablesLeft) : '–',
          },
          {
            title: columns.rate,
            align: 'end',
            render: (_, { progress }) => (progress?.phase === 'RUNNING' ? rate(progress.rowsPerSecond) : '–'),
          },
          {
            title: columns.left,
            align: 'end',
            render: (_, { progress }) =>
              progress?.phase === 'RUNNING' && typeof progress.secondsLeft === 'number'
                ? humane(progress.secondsLeft * 1_000_000)
                : '–',
          },
          {
            title: <span className="visually-hidden">{columns.actions}</span>,
            align: 'end',
            render: (_, snapshot) => <SnapshotActions snapshot={snapshot} />,
          },
        ]}
      />
    </Card>
  );
}
