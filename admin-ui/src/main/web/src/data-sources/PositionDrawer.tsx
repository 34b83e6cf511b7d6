import { Alert, App, Button, Drawer, Flex, Form } from 'antd';
import { useState } from 'react';
import { type PositionPreview, useJump, usePreview } from '../api/positions';
import { useStatus } from '../api/status';
import type { DataSource, StartPosition } from '../api/types';
import { filePosition } from '../format/position';
import { Confirm } from '../parts/Confirm';
import { ProblemAlert } from '../parts/ProblemAlert';
import { t } from '../text';
import { startInput } from './dataSourceForm';
import { PreviewReport } from './PreviewReport';
import { StartFields } from './StartFields';

const words = t.position;

interface Props {
  source: DataSource;
  onClose: () => void;
}

/** Lets the capture of a source go on at another place; only after it was shown what that means. */
export function PositionDrawer({ source: { name }, onClose }: Props) {
  const [form] = Form.useForm<{ position: StartPosition }>();
  const { message } = App.useApp();
  const { data } = useStatus();
  const preview = usePreview(name);
  const jump = useJump(name);
  const [shown, setShown] = useState<{ position: StartPosition; preview: PositionPreview }>();
  const now = data?.status.sources.find((source) => source.name === name);
  const show = ({ position }: { position: StartPosition }) => {
    const wanted = startInput(position);
    setShown(undefined);
    jump.reset();
    preview.mutate(wanted, { onSuccess: (result) => setShown({ position: wanted, preview: result }) });
  };
  const go = (position: StartPosition) =>
    jump.mutate(position, {
      onSuccess: () => {
        message.success(words.asked(name));
        onClose();
      },
    });
  const problem = jump.error ?? preview.error;
  return (
    <Drawer open onClose={onClose} size="min(640px, 96vw)" title={words.title(name)}>
      <Flex vertical gap={16}>
        <Alert type="info" showIcon title={words.now((now && filePosition(now)) ?? words.unknown)} description={words.why} />
        <Form
          form={form}
          layout="vertical"
          initialValues={{ position: { mode: 'TIMESTAMP' } }}
          onFinish={show}
          // What is shown must be what a jump would do.
          onValuesChange={() => setShown(undefined)}
        >
          <StartFields at={['position']} />
          <Button htmlType="submit" loading={preview.isPending}>
            {words.preview}
          </Button>
        </Form>
        {problem && <ProblemAlert error={problem} />}
        {shown && <PreviewReport preview={shown.preview} />}
        {shown?.preview.possible && (
          <Confirm
            title={words.sure(name)}
            description={shown.preview.log?.meaning ?? words.unknownMeaning}
            okText={words.jump}
            onConfirm={() => go(shown.position)}
          >
            <Button danger loading={jump.isPending} style={{ alignSelf: 'start' }}>
              {words.jump}
            </Button>
          </Confirm>
        )}
      </Flex>
    </Drawer>
  );
}
