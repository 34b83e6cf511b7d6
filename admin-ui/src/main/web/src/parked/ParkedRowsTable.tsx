import { Card, Table, Tag } from 'antd';
import type { ParkedPage, ParkedRow } from '../api/types';
import { t } from '../text';
import { ParkedRowDetails } from './ParkedRowDetails';
import { RowActions } from './RowActions';

const words = t.parked;

interface Props {
  data: ParkedPage;
  /** Ids of the rows that are first of their table. */
  firsts: number[];
  onPage: (page: number) => void;
}

/** Rows in the order in which they would be applied. */
export function ParkedRowsTable({ data, firsts, onPage }: Props) {
  const columns = words.columns;
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table<ParkedRow>
        size="middle"
        scroll={{ x: 920 }}
        rowKey="id"
        dataSource={data.rows}
        pagination={{
          current: data.page + 1,
          pageSize: data.size,
          total: data.total,
          hideOnSinglePage: true,
          showSizeChanger: false,
          onChange: (page) => onPage(page - 1),
        }}
        expandable={{ expandedRowRender: (row) => <ParkedRowDetails row={row} /> }}
        columns={[
          { title: columns.table, render: (_, { targetSchema, targetTable }) => <strong>{`${targetSchema}.${targetTable}`}</strong> },
          { title: columns.partition, render: (_, { pipeline, partition }) => `${pipeline}/${partition}` },
          { title: columns.entry, dataIndex: 'seq', align: 'end' },
          { title: columns.op, render: (_, { op }) => words.op[op] },
          { title: columns.state, render: (_, { state }) => <Tag color={state === 'PARKED' ? 'warning' : 'default'}>{words.state[state]}</Tag> },
          { title: columns.reason, render: (_, { reason, tries }) => (tries === 0 ? reason : `${reason} (${words.tries(tries)})`) },
          {
            title: <span className="visually-hidden">{columns.actions}</span>,
            align: 'end',
            render: (_, row) => row.state === 'PARKED' && <RowActions row={row} first={firsts.includes(row.id)} />,
          },
        ]}
      />
    </Card>
  );
}
