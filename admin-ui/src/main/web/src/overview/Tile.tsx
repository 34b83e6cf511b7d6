import type { ReactNode } from 'react';
import styles from './Overview.module.css';

interface Props {
  label: string;
  value: string;
  small?: string;
  foot?: ReactNode;
  trend?: ReactNode;
}

export function Tile({ label, value, small, foot, trend }: Props) {
  return (
    <section className={styles.tile} aria-label={label}>
      <span className={styles.label} title={label}>
        {label}
      </span>
      <span className={styles.value}>
        {value}
        {small !== undefined && <small>{small}</small>}
      </span>
      <span className={styles.foot}>
        <span className="nowrap">{foot}</span>
        {trend}
      </span>
    </section>
  );
}
