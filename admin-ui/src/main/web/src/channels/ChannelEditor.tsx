import { PlusOutlined, SwapOutlined } from '@ant-design/icons';
import { App, Button, Card, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useSaveChannel } from '../api/configuration';
import { showProblem } from '../api/fieldErrors';
import type { Channel, DataSource, Pipeline } from '../api/types';
import { namePattern } from '../format/name';
import { RefusedAlert } from '../parts/RefusedAlert';
import { t } from '../text';
import { emptyPipeline, reverse, toForm, toInput } from './channelForm';
import styles from './Channels.module.css';
import { PipelineFields } from './PipelineFields';

const { field, hint, error, ...words } = t.channels;

interface Props {
  initial: Channel;
  /** Name of the channel that is changed; undefined for a new one. */
  existing?: string;
  sources: DataSource[];
}

export function ChannelEditor({ initial, existing, sources }: Props) {
  const [form] = Form.useForm<Channel>();
  const { message, notification } = App.useApp();
  const navigate = useNavigate();
  const save = useSaveChannel(existing);
  const [refused, setRefused] = useState<string[]>([]);
  const done = () => void navigate('/channels');
  const isCache = (target: string) => sources.find((source) => source.name === target)?.kind === 'REDIS';
  const submit = ({ name }: Channel) =>
    // With what the form doesn't show: it must not be lost.
    save.mutate(toInput(form.getFieldsValue(true) as Channel, isCache), {
      onSuccess: ({ warnings = [] }) => {
        message.success(words.saved(name));
        for (const warning of warnings) notification.warning({ title: words.notChecked, description: warning, duration: 10 });
        done();
      },
      onError: (problem) => setRefused(showProblem(form, problem)),
    });
  const last = () => (form.getFieldValue('pipelines') as Pipeline[]).at(-1) ?? emptyPipeline();
  return (
    <Form<Channel>
      form={form}
      layout="vertical"
      className={styles.form}
      initialValues={toForm(initial)}
      scrollToFirstError={{ block: 'center', focus: true }}
      onFinish={submit}
    >
      <RefusedAlert reasons={refused} />
      <Card styles={{ body: { paddingBottom: 4 } }}>
        <Form.Item
          name="name"
          label={field.name}
          extra={existing === undefined ? hint.name : undefined}
          rules={[
            { required: true, message: error.required },
            { pattern: namePattern, message: error.name },
          ]}
          style={{ maxWidth: 360 }}
        >
          <Input disabled={existing !== undefined} autoComplete="off" />
        </Form.Item>
      </Card>
      <Form.List name="pipelines">
        {(pipelines, { add, remove }) => (
          <Flex vertical gap={16} style={{ marginBlock: 16 }}>
            {pipelines.map(({ key, name }) => (
              <PipelineFields
                key={key}
                index={name}
                fixed={existing !== undefined && key < initial.pipelines.length}
                sources={sources}
                onRemove={pipelines.length > 1 ? () => remove(name) : undefined}
              />
            ))}
            <Flex gap={8}>
              <Button icon={<PlusOutlined />} onClick={() => add(emptyPipeline())}>
                {words.addPipeline}
              </Button>
              {pipelines.length === 1 && (
                <Button icon={<SwapOutlined />} onClick={() => add(reverse(last()))}>
                  {words.addReverse}
                </Button>
              )}
            </Flex>
          </Flex>
        )}
      </Form.List>
      <div className={styles.footer}>
        <Button onClick={done}>{t.action.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {existing === undefined ? t.action.create : t.action.save}
        </Button>
      </div>
    </Form>
  );
}
