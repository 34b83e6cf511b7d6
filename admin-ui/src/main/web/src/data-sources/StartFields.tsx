import { Form, Input, InputNumber } from 'antd';
import type { StartMode } from '../api/types';
import { t } from '../text';
import styles from './DataSources.module.css';

const { field, error } = t.dataSources;
const required = { required: true, message: error.required };
const start = ['capture', 'start'];

/** What the chosen start still needs. */
export function StartFields() {
  const mode = Form.useWatch<StartMode | undefined>([...start, 'mode']);
  if (mode === 'FILE') {
    return (
      <div className={styles.fields}>
        <Form.Item name={[...start, 'file']} label={field.file} rules={[required]}>
          <Input className="mono" placeholder="binlog.000042" spellCheck={false} />
        </Form.Item>
        <Form.Item name={[...start, 'offset']} label={field.offset} rules={[required]}>
          <InputNumber min={4} placeholder="4" controls={false} style={{ width: '100%' }} />
        </Form.Item>
      </div>
    );
  }
  if (mode === 'GTID') {
    return (
      <Form.Item name={[...start, 'gtidSet']} label={field.gtidSet} rules={[required]}>
        <Input.TextArea className="mono" autoSize={{ minRows: 2, maxRows: 6 }} spellCheck={false} />
      </Form.Item>
    );
  }
  return null;
}
