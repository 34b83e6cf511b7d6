import { Descriptions } from 'antd';
import type { ParkedRow } from '../api/types';
import { t } from '../text';

const words = t.parked.details;

export function ParkedRowDetails({ row }: { row: ParkedRow }) {
  const cells = (image: ParkedRow['after']) => <code>{image === undefined ? words.none : JSON.stringify(image)}</code>;
  return (
    <Descriptions size="small" column={1}>
      <Descriptions.Item label={words.before}>{cells(row.before)}</Descriptions.Item>
      <Descriptions.Item label={words.after}>{cells(row.after)}</Descriptions.Item>
      <Descriptions.Item label={words.source}>{`${row.schema}.${row.table}`}</Descriptions.Item>
      <Descriptions.Item label={words.position}>
        <span className="mono">{`${row.file}:${row.offset}${row.gtid ? ` · ${row.gtid}` : ''}`}</span>
      </Descriptions.Item>
      <Descriptions.Item label={words.sqlState}>{row.sqlState ?? words.none}</Descriptions.Item>
      <Descriptions.Item label={words.committed}>{new Date(row.commitMicros / 1000).toLocaleString()}</Descriptions.Item>
      <Descriptions.Item label={words.parked}>{new Date(row.parkedAt).toLocaleString()}</Descriptions.Item>
    </Descriptions>
  );
}
