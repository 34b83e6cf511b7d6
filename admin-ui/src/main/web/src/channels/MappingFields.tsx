import { ArrowRightOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select, Tooltip } from 'antd';
import { type ReactNode, useState } from 'react';
import type { CacheFormat, Mapping } from '../api/types';
import { toIso } from '../format/duration';
import { t } from '../text';
import styles from './Channels.module.css';
import { ColumnRulesInput } from './ColumnRulesInput';
import { moreCount, moreText } from './channelForm';
import { MoreFields } from './MoreFields';

const { field, hint, error, ...words } = t.channels;
const required = { required: true, message: error.required };
const duration = {
  validator: (_: unknown, value: string | undefined) =>
    value && toIso(value) === undefined ? Promise.reject(new Error(error.ttl)) : Promise.resolve(),
};

interface Props {
  pipeline: number;
  index: number;
  cache: boolean;
  onUp: (() => void) | undefined;
  onRemove: () => void;
}

/** One line: which tables go where; what else there is to say of the rows unfolds below it. */
export function MappingFields({ pipeline, index, cache, onUp, onRemove }: Props) {
  const n = index + 1;
  const at = ['pipelines', pipeline, 'mappings', index];
  const [open, setOpen] = useState(false);
  const rows = Form.useWatch<Mapping['rows']>([...at, 'rows']);
  const set = Form.useWatch<Mapping['set']>([...at, 'set']);
  const createTable = Form.useWatch<Mapping['createTable']>([...at, 'createTable']);
  const more = moreText({ rows, set, createTable });
  const count = moreCount({ rows, set, createTable });
  const input = (name: string[], label: string, rules: object[], placeholder?: string): ReactNode => (
    <Form.Item name={[index, ...name]} rules={rules}>
      <Input className="mono" placeholder={placeholder} spellCheck={false} aria-label={`${label}, ${words.mapping(n)}`} />
    </Form.Item>
  );
  return (
    <div className={`${styles.mapping} ${cache ? styles.cache : ''}`} role="group" aria-label={words.mapping(n)}>
      {input(['schema'], field.schema, [required])}
      {input(['table'], field.table, [required])}
      <ArrowRightOutlined className={styles.to} />
      {cache ? (
        <>
          {input(['cache', 'key'], field.cacheKey, [required], hint.cacheKey)}
          <Form.Item
            name={[index, 'cache', 'format']}
            getValueProps={(value: CacheFormat | undefined) => ({ value: value ?? 'JSON' })}
          >
            <Select aria-label={field.cacheFormat} options={['JSON', 'HASH'].map((value) => ({ value, label: value }))} />
          </Form.Item>
          {input(['cache', 'ttl'], field.cacheTtl, [duration], hint.cacheTtl)}
        </>
      ) : (
        <>
          {input(['targetSchema'], field.targetSchema, [], hint.sameName)}
          {input(['targetTable'], field.targetTable, [], hint.sameName)}
        </>
      )}
      <Form.Item name={[index, 'columns']}>
        <ColumnRulesInput mapping={n} />
      </Form.Item>
      <Tooltip title={more}>
        <Button
          block
          aria-expanded={open}
          aria-label={`${field.more}, ${words.mapping(n)}: ${more ?? words.moreNone}`}
          onClick={() => setOpen(!open)}
        >
          {count === 0 ? words.moreNone : words.columnsSome(count)}
        </Button>
      </Tooltip>
      <div className={styles.rowActions}>
        <Button type="text" icon={<ArrowUpOutlined />} disabled={!onUp} onClick={onUp} aria-label={words.moveUp(n)} />
        <Button type="text" icon={<DeleteOutlined />} onClick={onRemove} aria-label={words.removeMapping(n)} />
      </div>
      <MoreFields at={at} index={index} cache={cache} open={open} />
    </div>
  );
}
