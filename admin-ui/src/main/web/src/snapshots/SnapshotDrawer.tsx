import { App, Button, Collapse, Drawer, Flex, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { showProblem } from '../api/fieldErrors';
import { useCreateSnapshot } from '../api/snapshots';
import type { Channel } from '../api/types';
import { namePattern } from '../format/name';
import { RefusedAlert } from '../parts/RefusedAlert';
import { t } from '../text';
import { allTables, choosable, type SnapshotForm, toInput } from './snapshotForm';
import { TablesFields } from './TablesFields';

const { field, hint, error, ...words } = t.snapshots;

interface Props {
  channels: Channel[];
  onClose: () => void;
}

/** Asks for copies of rows: for which pipelines, of which tables, and how gently. */
export function SnapshotDrawer({ channels, onClose }: Props) {
  const [form] = Form.useForm<SnapshotForm>();
  const { message } = App.useApp();
  const create = useCreateSnapshot();
  const [refused, setRefused] = useState<string[]>([]);
  const chosen = Form.useWatch<string[] | undefined>('pipelines', form) ?? [];
  const submit = (values: SnapshotForm) =>
    create.mutate(toInput(values), {
      onSuccess: () => {
        message.success(words.created);
        onClose();
      },
      onError: (problem) => setRefused(showProblem(form, problem)),
    });
  const limit = (name: 'rowsPerSecond' | 'threadsRunning' | 'queuedMessages') => (
    <Form.Item name={name} label={field[name]} extra={hint[name]}>
      <InputNumber min={1} style={{ width: '100%' }} />
    </Form.Item>
  );
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(680px, 96vw)"
      title={words.addTitle}
      footer={
        <Flex justify="end" gap={8}>
          <Button onClick={onClose}>{t.action.cancel}</Button>
          <Button type="primary" loading={create.isPending} onClick={() => form.submit()}>
            {t.action.start}
          </Button>
        </Flex>
      }
    >
      <Form<SnapshotForm>
        form={form}
        layout="vertical"
        initialValues={{ pipelines: [], tables: [allTables] }}
        onFinish={submit}
      >
        <RefusedAlert reasons={refused} />
        <Form.Item
          name="pipelines"
          label={field.pipelines}
          extra={hint.pipelines}
          rules={[{ required: true, message: error.pipelines }]}
        >
          <Select
            mode="multiple"
            options={choosable(channels, chosen).map(({ name, source, target }) => ({
              value: name,
              label: `${name} (${source} → ${target})`,
            }))}
          />
        </Form.Item>
        <TablesFields />
        <Collapse
          ghost
          items={[
            {
              key: 'further',
              label: words.further,
              forceRender: true,
              children: (
                <>
                  {limit('rowsPerSecond')}
                  {limit('threadsRunning')}
                  {limit('queuedMessages')}
                  <Form.Item
                    name="name"
                    label={field.name}
                    extra={hint.name}
                    rules={[{ pattern: namePattern, message: t.dataSources.error.name }]}
                  >
                    <Input autoComplete="off" />
                  </Form.Item>
                </>
              ),
            },
          ]}
        />
      </Form>
    </Drawer>
  );
}
