import { short } from '../../format/number';
import { t } from '../../text';
import { pressure } from './bySource';
import styles from './Flow.module.css';

interface Props {
  flowing: boolean;
  /** Rows that wait before the next stage. */
  waiting?: number;
  rowsPerSecond?: number;
}

export function Arrow({ flowing, waiting, rowsPerSecond = 0 }: Props) {
  return (
    <div className={styles.arrow} data-flowing={flowing}>
      {waiting !== undefined && <Waiting rows={waiting} rowsPerSecond={rowsPerSecond} />}
      <span className={styles.line} />
    </div>
  );
}

export function Waiting({ rows, rowsPerSecond }: { rows: number; rowsPerSecond: number }) {
  const words = t.overview.flow;
  const label = rows === 0 ? words.none : words.waiting(rows.toLocaleString('en'));
  return (
    <span className={styles.waiting} data-pressure={pressure(rows, rowsPerSecond)} title={label}>
      {short(rows)}
    </span>
  );
}
