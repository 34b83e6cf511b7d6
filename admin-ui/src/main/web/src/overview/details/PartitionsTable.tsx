import { Alert, Table, type TableColumnType, Tooltip } from 'antd';
import type { PartitionStatus, PipelineStatus } from '../../api/types';
import { humane } from '../../format/duration';
import { count } from '../../format/number';
import { StateTag } from '../../parts/StateTag';
import { t } from '../../text';

const words = t.details;
const hinted = (name: keyof typeof words.hints) => <Tooltip title={words.hints[name]}>{words[name]}</Tooltip>;

function number(title: TableColumnType<PartitionStatus>['title'], value: (partition: PartitionStatus) => string) {
  return { title, align: 'end' as const, render: (_: unknown, partition: PartitionStatus) => value(partition) };
}

export function PartitionsTable({ pipeline, now }: { pipeline: PipelineStatus; now: number }) {
  if (pipeline.partitions.length === 0) return <Alert type="warning" showIcon title={words.noPartitions} />;
  const age = ({ commitMicros }: PartitionStatus) => (commitMicros > 0 ? humane(Math.max(0, now * 1_000 - commitMicros)) : '–');
  return (
    <Table<PartitionStatus>
      size="small"
      pagination={false}
      rowKey="partition"
      scroll={{ x: 'max-content' }}
      dataSource={pipeline.partitions}
      columns={[
        { title: words.partition, dataIndex: 'partition' },
        { title: words.state, render: (_, { state, error }) => <StateTag state={state} error={error} /> },
        { title: words.owner, render: (_, { instance }) => <span className="mono">{instance ?? '–'}</span> },
        number(hinted('watermark'), ({ epoch, seq }) => `${epoch} / ${count(seq)}`),
        number(words.waiting, (partition) => count(partition.backlog)),
        number(hinted('unacked'), ({ unacked }) => count(unacked)),
        number(hinted('oldest'), ({ oldestAgeMicros }) => (oldestAgeMicros > 0 ? humane(oldestAgeMicros) : '–')),
        number(hinted('lag'), ({ lagP50Micros, lagP99Micros }) =>
          lagP99Micros > 0 ? `${humane(lagP50Micros)} / ${humane(lagP99Micros)}` : '–',
        ),
        number(hinted('behind'), age),
        number(words.rows, ({ rows }) => count(rows)),
        number(hinted('duplicates'), ({ duplicates }) => count(duplicates)),
        number(hinted('gaps'), ({ gaps }) => count(gaps)),
        number(hinted('missing'), ({ missing }) => count(missing)),
      ]}
    />
  );
}
