import { CaretRightOutlined, CloseOutlined, DeleteOutlined, PauseOutlined } from '@ant-design/icons';
import { App, Button, Space } from 'antd';
import type { ReactNode } from 'react';
import { type Snapshot, type SnapshotCommand, useForgetSnapshot, useSnapshotCommand } from '../api/snapshots';
import { Confirm } from '../parts/Confirm';
import { t } from '../text';
import { ended, phaseOf } from './phase';

const words = t.snapshots;

/** Pause, resume and cancel while it goes on; forget it afterwards. */
export function SnapshotActions({ snapshot }: { snapshot: Snapshot }) {
  const { name, state } = snapshot.wanted;
  const { message } = App.useApp();
  const command = useSnapshotCommand();
  const forget = useForgetSnapshot();
  const onError = (error: Error) => void message.error(error.message, 6);
  const run = (which: SnapshotCommand) => command.mutate({ name, command: which }, { onError });
  const button = (label: string, icon: ReactNode, onClick?: () => void) => (
    <Button
      type="text"
      size="small"
      icon={icon}
      title={t.action.of(label, name)}
      aria-label={t.action.of(label, name)}
      loading={command.isPending || forget.isPending}
      onClick={onClick}
    />
  );
  if (ended(phaseOf(snapshot))) {
    return button(words.forget, <DeleteOutlined />, () => forget.mutate(name, { onError }));
  }
  return (
    <Space size={4}>
      {state === 'PAUSED'
        ? button(words.resume, <CaretRightOutlined />, () => run('resume'))
        : button(t.action.pause, <PauseOutlined />, () => run('pause'))}
      <Confirm
        title={words.cancelTitle(name)}
        description={words.cancelBody}
        okText={words.cancel}
        cancelText={t.action.close}
        placement="bottomRight"
        onConfirm={() => run('cancel')}
      >
        {button(words.cancel, <CloseOutlined />)}
      </Confirm>
    </Space>
  );
}
