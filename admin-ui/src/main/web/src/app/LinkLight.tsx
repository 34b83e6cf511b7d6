import { Tooltip } from 'antd';
import { useLink, useStatus } from '../api/status';
import { t } from '../text';
import styles from './Shell.module.css';

/** A small light that says whether the numbers are live. */
export function LinkLight() {
  const link = useLink();
  const { data } = useStatus();
  if (data === undefined) return null;
  const live = link.kind === 'live';
  return (
    <Tooltip title={t.link.liveHint}>
      <span className={`${styles.light} ${live ? '' : styles.stale}`} role="status">
        <span className={styles.dot} />
        {live ? t.link.live : t.link.stale}
      </span>
    </Tooltip>
  );
}
