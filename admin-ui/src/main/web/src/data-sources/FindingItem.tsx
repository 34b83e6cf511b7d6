import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import type { CSSProperties, ReactNode } from 'react';
import type { Finding, Severity } from '../api/types';
import { CopyButton } from '../parts/CopyButton';
import { t } from '../text';
import styles from './DataSources.module.css';

const words = t.precheck;
const colour = (name: string): CSSProperties => ({ color: `var(--ant-color-${name})`, marginTop: 4 });
const icons: Record<Severity, ReactNode> = {
  OK: <CheckCircleFilled style={colour('success')} aria-label={words.severity.OK} />,
  WARNING: <ExclamationCircleFilled style={colour('warning')} aria-label={words.severity.WARNING} />,
  ERROR: <CloseCircleFilled style={colour('error')} aria-label={words.severity.ERROR} />,
};

export function FindingItem({ finding: { name, found, needed, severity, fix } }: { finding: Finding }) {
  return (
    <li className={styles.finding}>
      {icons[severity]}
      <strong className="mono">{name}</strong>
      <span className={styles.values}>
        {words.found} <span className="mono">{found === '' ? words.nothing : found}</span>
        {needed && severity !== 'OK' && (
          <>
            {' · '}
            {words.needed} <span className="mono">{needed}</span>
          </>
        )}
      </span>
      {fix && severity !== 'OK' && (
        <div className={styles.fix}>
          <code className="mono">{fix}</code>
          <CopyButton text={fix} />
        </div>
      )}
    </li>
  );
}
