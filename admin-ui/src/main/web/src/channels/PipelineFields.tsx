import { DeleteOutlined } from '@ant-design/icons';
import { Button, Card, Form, Input, InputNumber, Select } from 'antd';
import type { Path } from '../api/fieldErrors';
import type { DataSource, DesiredState } from '../api/types';
import { namePattern } from '../format/name';
import { t } from '../text';
import { endsOf, suggestName } from './channelForm';
import { ApplyFields } from './ApplyFields';
import styles from './Channels.module.css';
import { MappingsFields } from './MappingsFields';
import { StatementFields } from './StatementFields';

const { field, hint, error, ...words } = t.channels;
const required = { required: true, message: error.required };
const states: DesiredState[] = ['RUNNING', 'PAUSED', 'STOPPED'];

interface Props {
  index: number;
  /** It exists: its name and ends can no longer change. */
  fixed: boolean;
  sources: DataSource[];
  /** Undefined for the only pipeline. */
  onRemove: (() => void) | undefined;
}

export function PipelineFields({ index, fixed, sources, onRemove }: Props) {
  const form = Form.useFormInstance();
  const at = (name: 'name' | 'source' | 'target'): Path => ['pipelines', index, name];
  const target = Form.useWatch<string | undefined>(at('target'));
  const kind = sources.find((source) => source.name === target)?.kind;
  const ends = endsOf(sources);
  const suggest = () => {
    const [name, source, to] = [at('name'), at('source'), at('target')].map((path) => form.getFieldValue(path) as string);
    if (!name && source && to) form.setFieldValue(at('name'), suggestName(source, to));
  };
  const other = {
    validator: (_: unknown, value: string) =>
      value !== '' && value === form.getFieldValue(at('source'))
        ? Promise.reject(new Error(error.sameServer))
        : Promise.resolve(),
  };
  return (
    <Card
      title={words.pipeline(index + 1)}
      extra={
        onRemove && (
          <Button type="text" danger icon={<DeleteOutlined />} onClick={onRemove}>
            {words.removePipeline}
          </Button>
        )
      }
    >
      <div className={styles.ends}>
        <Form.Item name={[index, 'source']} label={field.source} rules={[required]}>
          <Select options={ends.sources} showSearch disabled={fixed} onChange={suggest} />
        </Form.Item>
        <Form.Item name={[index, 'target']} label={field.target} dependencies={[at('source')]} rules={[required, other]}>
          <Select options={ends.targets} showSearch disabled={fixed} onChange={suggest} />
        </Form.Item>
        <Form.Item
          name={[index, 'name']}
          label={field.pipelineName}
          tooltip={fixed ? words.fixed : undefined}
          rules={[required, { pattern: namePattern, message: error.name }]}
        >
          <Input autoComplete="off" disabled={fixed} />
        </Form.Item>
        <Form.Item name={[index, 'partitions']} label={field.partitions} tooltip={hint.partitions} rules={[required]}>
          <InputNumber min={1} max={128} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={[index, 'state']} label={field.state}>
          <Select options={states.map((value) => ({ value, label: t.state[value] }))} />
        </Form.Item>
      </div>
      <MappingsFields pipeline={index} cache={kind === 'REDIS'} />
      {kind !== 'REDIS' && <ApplyFields pipeline={index} fixed={fixed} />}
      {(kind === 'MYSQL' || kind === 'MARIADB') && <StatementFields pipeline={index} />}
    </Card>
  );
}
