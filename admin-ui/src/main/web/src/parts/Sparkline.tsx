import styles from './Sparkline.module.css';
import { sparkPath } from './sparkPath';

interface Props {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
  /** Number of values that fill the width; fewer begin at the right edge. */
  length: number;
}

export function Sparkline({ values, label, length, width = 96, height = 24 }: Props) {
  const { line, area } = sparkPath(values, length, width, height);
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
