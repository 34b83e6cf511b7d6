import { DatePicker, Form, Input, InputNumber, Segmented } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { type StartMode, startModes } from '../api/types';
import { t } from '../text';
import styles from './DataSources.module.css';

const { field, error, start } = t.dataSources;
const required = { required: true, message: error.required };

interface Props {
  /** Path of the form's start position. */
  at: string[];
  extra?: string;
}

/** A place in a binlog, and what the chosen kind of place still needs. */
export function StartFields({ at, extra }: Props) {
  return (
    <>
      <Form.Item name={[...at, 'mode']} label={field.start} extra={extra}>
        <Segmented options={startModes.map((value) => ({ value, label: start[value] }))} />
      </Form.Item>
      <ModeFields at={at} />
    </>
  );
}

function ModeFields({ at }: { at: string[] }) {
  const mode = Form.useWatch<StartMode | undefined>([...at, 'mode']);
  if (mode === 'FILE') {
    return (
      <div className={styles.fields}>
        <Form.Item name={[...at, 'file']} label={field.file} rules={[required]}>
          <Input className="mono" placeholder="binlog.000042" spellCheck={false} />
        </Form.Item>
        <Form.Item name={[...at, 'offset']} label={field.offset} rules={[required]}>
          <InputNumber min={4} placeholder="4" controls={false} style={{ width: '100%' }} />
        </Form.Item>
      </div>
    );
  }
  if (mode === 'GTID') {
    return (
      <Form.Item name={[...at, 'gtidSet']} label={field.gtidSet} rules={[required]}>
        <Input.TextArea className="mono" autoSize={{ minRows: 2, maxRows: 6 }} spellCheck={false} />
      </Form.Item>
    );
  }
  if (mode === 'TIMESTAMP') {
    return (
      <Form.Item
        name={[...at, 'timestamp']}
        label={field.timestamp}
        rules={[required]}
        getValueProps={(iso?: string) => ({ value: iso === undefined ? undefined : dayjs(iso) })}
        normalize={(moment: Dayjs | null) => moment?.toISOString()}
      >
        <DatePicker showTime />
      </Form.Item>
    );
  }
  return null;
}
