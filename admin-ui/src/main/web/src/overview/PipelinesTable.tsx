import { Card, Grid, Table } from 'antd';
import { useNavigate } from 'react-router';
import type { History } from '../api/history';
import type { Status } from '../api/types';
import { t } from '../text';
import styles from './Overview.module.css';
import { columnsFor } from './pipelineColumns';
import { type Row, rowsOf } from './pipelineRows';

interface Props {
  status: Status;
  history: History;
}

export function PipelinesTable({ status, history }: Props) {
  const navigate = useNavigate();
  const wide = Grid.useBreakpoint().xl ?? true;
  return (
    <Card title={t.overview.table.title} styles={{ body: { padding: 0 } }}>
      <Table<Row>
        className={styles.table}
        size="middle"
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={columnsFor(history, wide)}
        dataSource={rowsOf(status)}
        rowClassName={(row) => (row.kind === 'channel' ? styles.channelRow : styles.pipelineRow) ?? ''}
        onRow={(row) => ({
          onClick: () => {
            if (row.kind === 'pipeline') void navigate(`/overview/${encodeURIComponent(row.pipeline.name)}`);
          },
        })}
      />
    </Card>
  );
}
