import { App, Button, DatePicker, Flex, Form, InputNumber, Segmented } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useReplay } from '../../api/replays';
import type { PipelineStatus } from '../../api/types';
import { NamesInput } from '../../parts/NamesInput';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { t } from '../../text';
import { ReplayProgress } from './ReplayProgress';
import { type ReplayForm, tablesOf, toInput } from './replayForm';

const words = t.replays;
const required = { required: true, message: t.dataSources.error.required };
const choices = (['TIME', 'ENTRY'] as const).map((value) => ({ value, label: words.choice[value] }));

/** Asks for a stretch of the source log once more, and shows how far that has come. */
export function ReplayPanel({ pipeline: { name, dispatch, replay: wish }, now }: { pipeline: PipelineStatus; now: number }) {
  const [form] = Form.useForm<ReplayForm>();
  const { message, modal } = App.useApp();
  const replay = useReplay();
  const from = Form.useWatch('from', form);
  const send = (values: ReplayForm) =>
    replay.mutate({ pipeline: name, input: toInput(values) }, { onSuccess: () => void message.success(words.asked(name)) });
  const ask = (values: ReplayForm) =>
    void modal.confirm({
      title: words.sure(name),
      content: words.meanwhile,
      okText: words.yes,
      cancelText: t.action.cancel,
      onOk: () => send(values),
    });
  return (
    <Flex vertical gap={16}>
      <ReplayProgress wished={wish?.generation ?? 0} replay={dispatch?.replay} now={now} />
      <span className="muted">{words.why}</span>
      <Form<ReplayForm> form={form} layout="vertical" initialValues={{ from: 'TIME', tables: [] }} onFinish={ask}>
        <Form.Item name="from" label={words.from}>
          <Segmented options={choices} />
        </Form.Item>
        {from === 'ENTRY' ? (
          <Form.Item name="entry" label={words.entry} rules={[required]}>
            <InputNumber min={1} precision={0} controls={false} style={{ width: 240 }} />
          </Form.Item>
        ) : (
          <Form.Item
            name="time"
            label={words.time}
            rules={[required]}
            getValueProps={(iso?: string) => ({ value: iso === undefined ? undefined : dayjs(iso) })}
            normalize={(moment: Dayjs | null) => moment?.toISOString()}
          >
            <DatePicker showTime disabledDate={(day: Dayjs) => day.isAfter(dayjs())} />
          </Form.Item>
        )}
        <Form.Item
          name="tables"
          label={words.tables}
          extra={words.tablesHint}
          rules={[
            {
              validator: (_, names: string[] | undefined) =>
                (names ?? []).every((each) => tablesOf(each)) ? Promise.resolve() : Promise.reject(new Error(words.tablesError)),
            },
          ]}
        >
          <NamesInput />
        </Form.Item>
        {replay.error && <ProblemAlert error={replay.error} />}
        <Button htmlType="submit" loading={replay.isPending}>
          {words.send}
        </Button>
      </Form>
    </Flex>
  );
}
