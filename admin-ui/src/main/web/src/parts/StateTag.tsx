import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  LoadingOutlined,
  PauseCircleFilled,
  QuestionCircleOutlined,
  StopFilled,
  SyncOutlined,
} from '@ant-design/icons';
import { Popover, Tag } from 'antd';
import type { ReactNode } from 'react';
import type { State } from '../api/types';
import { t } from '../text';
import styles from './StateTag.module.css';

const looks: Record<State, { color: string; icon: ReactNode }> = {
  RUNNING: { color: 'success', icon: <CheckCircleFilled /> },
  STARTING: { color: 'processing', icon: <LoadingOutlined /> },
  RETRYING: { color: 'warning', icon: <SyncOutlined spin /> },
  SUSPENDED: { color: 'error', icon: <PauseCircleFilled /> },
  FAILED: { color: 'error', icon: <CloseCircleFilled /> },
  PAUSED: { color: 'default', icon: <PauseCircleFilled /> },
  STOPPED: { color: 'default', icon: <StopFilled /> },
  STANDBY: { color: 'default', icon: <ClockCircleOutlined /> },
  UNKNOWN: { color: 'default', icon: <QuestionCircleOutlined /> },
};

interface Props {
  state: State;
  error?: string | null;
  /** What the operator asked for, if the service has not got there yet. */
  wanted?: string;
}

/** A state by colour, icon and word; focus or hover says what it means and what is wrong. */
export function StateTag({ state, error, wanted }: Props) {
  const { color, icon } = looks[state];
  const name = t.state[state];
  return (
    <Popover
      trigger={['hover', 'focus']}
      title={wanted === undefined ? name : `${name}, ${t.state.becoming(wanted)}`}
      content={<div className={styles.why}>{error ?? t.state.hint[state]}</div>}
    >
      <button type="button" className={styles.button} onClick={(event) => event.stopPropagation()}>
        <Tag color={color} icon={icon} className={styles.tag}>
          {name}
        </Tag>
        {error && <span className="visually-hidden">{error}</span>}
      </button>
    </Popover>
  );
}
