import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import type { State } from '../../api/types';
import { t } from '../../text';
import styles from './Flow.module.css';

interface Props {
  title: ReactNode;
  detail?: string;
  /** The whole of what is shortened. */
  full?: string;
  state?: State;
  error?: string | null;
}

export function FlowNode({ title, detail, full, state, error }: Props) {
  const name = state === undefined ? undefined : t.state[state];
  const hint = [name, error, full ?? detail].filter(Boolean).join(' · ');
  return (
    <Tooltip title={hint}>
      <div className={styles.node} data-state={state}>
        <span className={styles.title}>
          {state !== undefined && <i className={styles.dot} role="img" aria-label={name} />}
          {title}
        </span>
        {detail !== undefined && detail !== '' && <span className={styles.detail}>{detail}</span>}
      </div>
    </Tooltip>
  );
}
