import styles from './Sparkline.module.css';
import { sparkPath } from './sparkPath';

/** A minute of samples; a shorter line begins at the right edge, a longer one is squeezed. */
const leastLength = 30;

interface Props {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
}

export function Sparkline({ values, label, width = 96, height = 24 }: Props) {
  const { line, area } = sparkPath(values, Math.max(leastLength, values.length), width, height);
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      style={{ width: '100%', maxWidth: width, height }}
      role="img"
      aria-label={label}
    >
      <path className={styles.area} d={area} />
      <path className={styles.line} d={line} />
    </svg>
  );
}
