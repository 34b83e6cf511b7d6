import { Divider, Form, Input, InputNumber, Segmented, Switch } from 'antd';
import type { Kind } from '../api/types';
import { toIso } from '../format/duration';
import { Fold } from '../parts/Fold';
import { NamesInput } from '../parts/NamesInput';
import { t } from '../text';
import { capturable } from './dataSourceForm';
import styles from './DataSources.module.css';
import { FilterFields } from './FilterFields';
import { StartFields } from './StartFields';

const { field, hint, error, group, read } = t.dataSources;
const required = { required: true, message: error.required };
const age = {
  validator: (_: unknown, value: string) =>
    toIso(value) === undefined ? Promise.reject(new Error(error.age)) : Promise.resolve(),
};
const ageOrNone = { validator: (_: unknown, value: string | null | undefined) => (value?.trim() ? age.validator(_, value) : Promise.resolve()) };

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
          <StartFields at={['capture', 'start']} extra={t.dataSources.startHint} />
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
          <Fold label={group.filter} within={[['capture', 'filter']]}>
            <FilterFields />
          </Fold>
          <Fold label={group.servers} within={[['capture', 'standbys'], ['capture', 'read']]}>
            <ServerFields />
          </Fold>
          <Fold label={group.signals} within={[['capture', 'heartbeat'], ['capture', 'retlBuffer']]}>
            <SignalFields />
          </Fold>
        </>
      )}
    </>
  );
}

/** Further servers of the same replication, where the capture goes on when the first is gone. */
function ServerFields() {
  return (
    <>
      <Form.Item name={['capture', 'standbys']} label={field.standbys} extra={hint.standbys}>
        <NamesInput placeholder="db2.example.net:3306" aria-label={field.standbys} />
      </Form.Item>
      <Form.Item name={['capture', 'read']} label={field.read} extra={hint.read}>
        <Segmented options={(['PRIMARY', 'REPLICA'] as const).map((value) => ({ value, label: read[value] }))} />
      </Form.Item>
    </>
  );
}

/** What is written to, or read from, tables of the source that are not the application's. */
function SignalFields() {
  return (
    <div className={styles.fields}>
      <Form.Item name={['capture', 'heartbeat']} label={field.heartbeat} extra={hint.heartbeat} rules={[ageOrNone]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name={['capture', 'retlBuffer']} label={field.retlBuffer} extra={hint.retlBuffer}>
        <Input className="mono" spellCheck={false} autoComplete="off" />
      </Form.Item>
    </div>
  );
}
