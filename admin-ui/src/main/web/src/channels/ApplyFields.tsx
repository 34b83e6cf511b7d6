import { Form, InputNumber, Select } from 'antd';
import { badRowPolicies, missingRowPolicies, modes } from '../api/types';
import { Fold } from '../parts/Fold';
import { t } from '../text';
import styles from './Channels.module.css';

const { field, hint, ...words } = t.channels;

interface Props {
  pipeline: number;
  /** It exists: its mode can no longer change. */
  fixed: boolean;
}

/** What is kept whole at a database and what happens to rows that it does not take; folded away. */
export function ApplyFields({ pipeline, fixed }: Props) {
  const form = Form.useFormInstance();
  const at = (name: string) => [pipeline, 'apply', name];
  const wholeTransactions = (mode: (typeof modes)[number]) => {
    if (mode === 'TRANSACTION') form.setFieldValue(['pipelines', pipeline, 'partitions'], 1);
  };
  return (
    <Fold label={words.apply} within={[['pipelines', pipeline, 'apply'], ['pipelines', pipeline, 'mode']]}>
      <div className={styles.policies}>
        <Form.Item name={at('onBadRow')} label={field.onBadRow} extra={hint.onBadRow}>
          <Select options={badRowPolicies.map((value) => ({ value, label: words.badRow[value] }))} />
        </Form.Item>
        <Form.Item name={at('missingRow')} label={field.missingRow} extra={hint.missingRow}>
          <Select options={missingRowPolicies.map((value) => ({ value, label: words.missingRow[value] }))} />
        </Form.Item>
        <Form.Item
          name={[pipeline, 'mode']}
          label={field.mode}
          tooltip={fixed ? words.fixed : undefined}
          extra={hint.mode}
        >
          <Select
            disabled={fixed}
            onChange={wholeTransactions}
            options={modes.map((value) => ({ value, label: words.mode[value] }))}
          />
        </Form.Item>
        <Form.Item name={at('attempts')} label={field.attempts} extra={hint.attempts}>
          <InputNumber min={0} max={1000} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={at('recoveries')} label={field.recoveries} extra={hint.recoveries}>
          <InputNumber min={0} max={1000} style={{ width: '100%' }} />
        </Form.Item>
      </div>
    </Fold>
  );
}
