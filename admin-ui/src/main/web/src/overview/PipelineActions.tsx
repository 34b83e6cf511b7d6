import { CaretRightOutlined, PauseOutlined, UnlockOutlined } from '@ant-design/icons';
import { App, Button, Space } from 'antd';
import type { ReactNode } from 'react';
import { useCommand } from '../api/configuration';
import type { Command, DesiredState } from '../api/types';
import { Confirm } from '../parts/Confirm';
import { t } from '../text';
import { StopSquare } from './StopSquare';

interface Props {
  pipeline: string;
  desired: DesiredState;
  suspended: boolean;
}

/** Start, pause and stop, and release where it is suspended; what is wanted already cannot be asked for again. */
export function PipelineActions({ pipeline, desired, suspended }: Props) {
  const { message } = App.useApp();
  const command = useCommand();
  const run = (which: Command) =>
    command.mutate(
      { pipeline, command: which },
      {
        onSuccess: () => void message.success(t.overview.commanded[which](pipeline)),
        onError: (error) => void message.error(error.message, 6),
      },
    );
  const button = (which: Command, icon: ReactNode, disabled: boolean, onClick?: () => void) => (
    <Button
      type="text"
      size="small"
      icon={icon}
      disabled={disabled}
      loading={command.isPending && command.variables.command === which}
      title={t.action.of(t.action[which], pipeline)}
      aria-label={t.action.of(t.action[which], pipeline)}
      onClick={onClick}
    />
  );
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- keeps clicks from the row
    <span onClick={(event) => event.stopPropagation()}>
      <Space size={4}>
        {suspended && button('release', <UnlockOutlined />, false, () => run('release'))}
        {button('start', <CaretRightOutlined />, desired === 'RUNNING', () => run('start'))}
        {button('pause', <PauseOutlined />, desired !== 'RUNNING', () => run('pause'))}
        <Confirm
          title={t.overview.stop.title(pipeline)}
          description={t.overview.stop.body}
          okText={t.action.stop}
          placement="bottomRight"
          onConfirm={() => run('stop')}
        >
          {button('stop', <StopSquare />, desired === 'STOPPED')}
        </Confirm>
      </Space>
    </span>
  );
}
