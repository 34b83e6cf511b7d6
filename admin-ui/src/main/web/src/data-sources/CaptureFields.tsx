import { Divider, Form, Input, InputNumber, Segmented, Switch } from 'antd';
import { type Kind, startModes } from '../api/types';
import { toIso } from '../format/duration';
import { t } from '../text';
import { capturable } from './dataSourceForm';
import styles from './DataSources.module.css';
import { StartFields } from './StartFields';

const { field, hint, error, start } = t.dataSources;
const required = { required: true, message: error.required };
const age = {
  validator: (_: unknown, value: string) =>
    toIso(value) === undefined ? Promise.reject(new Error(error.age)) : Promise.resolve(),
};

/** For servers with a binlog: whether and how it is captured. */
export function CaptureFields() {
  const kind = Form.useWatch<Kind | undefined>('kind');
  const isSource = Form.useWatch<boolean | undefined>('isSource');
  if (kind === undefined || !capturable(kind)) return null;
  return (
    <>
      <Divider style={{ margin: '4px 0 16px' }} />
      <Form.Item name="isSource" label={field.isSource} valuePropName="checked" extra={hint.isSource}>
        <Switch />
      </Form.Item>
      {isSource && (
        <>
          <Form.Item name={['capture', 'start', 'mode']} label={field.start} extra={t.dataSources.startHint}>
            <Segmented options={startModes.map((value) => ({ value, label: start[value] }))} />
          </Form.Item>
          <StartFields />
          <div className={styles.fields}>
            <Form.Item name={['capture', 'logMaxBytes']} label={field.logMaxBytes} rules={[required]}>
              <InputNumber min={0.2} suffix="GB" style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name={['capture', 'logMaxAge']} label={field.logMaxAge} extra={hint.logMaxAge} rules={[required, age]}>
              <Input />
            </Form.Item>
            <Form.Item name={['capture', 'serverId']} label={field.serverId} extra={hint.serverId} rules={[required]}>
              <InputNumber min={0} max={4_294_967_295} controls={false} style={{ width: '100%' }} />
            </Form.Item>
          </div>
        </>
      )}
    </>
  );
}
