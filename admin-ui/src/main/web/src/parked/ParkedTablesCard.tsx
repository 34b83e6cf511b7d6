import { App, Button, Card, Space, Table } from 'antd';
import { useRepair } from '../api/parked';
import type { ParkedTable } from '../api/types';
import { Confirm } from '../parts/Confirm';
import { t } from '../text';

const words = t.parked;

/** The tables whose rows are set aside, each with why its first row was refused. */
export function ParkedTablesCard({ tables }: { tables: ParkedTable[] }) {
  const columns = words.columns;
  return (
    <Card title={words.tables} style={{ marginBottom: 16 }} styles={{ body: { padding: 0 } }}>
      <Table<ParkedTable>
        size="middle"
        scroll={{ x: 720 }}
        pagination={false}
        rowKey={({ first }) => first.id}
        dataSource={tables}
        columns={[
          { title: columns.table, render: (_, { targetSchema, targetTable }) => <strong>{`${targetSchema}.${targetTable}`}</strong> },
          { title: columns.partition, render: (_, { pipeline, partition }) => `${pipeline}/${partition}` },
          { title: columns.rows, dataIndex: 'rows', align: 'end' },
          { title: columns.reason, render: (_, { first }) => first.reason },
          {
            title: <span className="visually-hidden">{columns.actions}</span>,
            align: 'end',
            render: (_, table) => <Actions table={table} />,
          },
        ]}
      />
    </Card>
  );
}

function Actions({ table }: { table: ParkedTable }) {
  const { message } = App.useApp();
  const repair = useRepair();
  const name = `${table.targetSchema}.${table.targetTable}`;
  const ask = (what: 'replay' | 'skipAll') =>
    repair.mutate(
      { what, table },
      {
        onSuccess: () => void message.success(words.asked),
        onError: (error) => void message.error(error.message, 6),
      },
    );
  return (
    <Space size={4}>
      <Button size="small" type="primary" loading={repair.isPending} aria-label={t.action.of(words.replay, name)} onClick={() => ask('replay')}>
        {words.replay}
      </Button>
      <Confirm
        title={words.skipAllTitle(table.rows, name)}
        description={words.skipBody}
        okText={words.skipAll}
        placement="bottomRight"
        onConfirm={() => ask('skipAll')}
      >
        <Button size="small" danger aria-label={t.action.of(words.skipAll, name)}>
          {words.skipAll}
        </Button>
      </Confirm>
    </Space>
  );
}
