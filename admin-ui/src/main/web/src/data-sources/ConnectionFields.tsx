import { Form, Input, InputNumber, Select } from 'antd';
import { type Kind, kinds, tlsModes } from '../api/types';
import { namePattern } from '../format/name';
import { t } from '../text';
import { type DataSourceForm, defaultPort, needsDatabase } from './dataSourceForm';
import styles from './DataSources.module.css';

const { field, hint, error, kind: kindWords, tls: tlsWords } = t.dataSources;
const required = { required: true, message: error.required };

interface Props {
  /** Its name can no longer change. */
  existing: boolean;
  passwordSet: boolean;
}

export function ConnectionFields({ existing, passwordSet }: Props) {
  const form = Form.useFormInstance<DataSourceForm>();
  const kind = Form.useWatch<Kind | undefined>('kind');
  return (
    <div className={styles.fields}>
      <Form.Item
        name="name"
        label={field.name}
        extra={existing ? undefined : hint.name}
        rules={[required, { pattern: namePattern, message: error.name }]}
      >
        <Input disabled={existing} autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label={field.kind} rules={[required]}>
        <Select
          options={kinds.map((value) => ({ value, label: kindWords[value] }))}
          onChange={(value: Kind) => form.setFieldValue('port', defaultPort[value])}
        />
      </Form.Item>
      <Form.Item name="host" label={field.host} rules={[required]}>
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="port" label={field.port} rules={[{ ...required, type: 'integer', min: 1, max: 65_535, message: error.port }]}>
        <InputNumber style={{ width: '100%' }} controls={false} />
      </Form.Item>
      {needsDatabase(kind) && (
        <Form.Item name="database" label={field.database} extra={hint.database} rules={[required]}>
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
      )}
      <Form.Item
        name="username"
        label={field.username}
        extra={kind === 'REDIS' ? hint.redisUser : undefined}
        rules={kind === 'REDIS' ? [] : [required]}
      >
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label={field.password} extra={passwordSet ? hint.keepPassword : undefined}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="tls" label={field.tls}>
        <Select options={tlsModes.map((value) => ({ value, label: tlsWords[value] }))} />
      </Form.Item>
      <Form.Item name="site" label={field.site} extra={hint.site}>
        <Input autoComplete="off" />
      </Form.Item>
    </div>
  );
}
