import { Alert } from 'antd';
import { useLink } from '../api/status';
import { ago } from '../format/duration';
import { useNow } from '../parts/useNow';
import { t } from '../text';
import styles from './Shell.module.css';

/** Says across every page that its numbers are old, and why. */
export function LinkBanner() {
  const link = useLink();
  const now = useNow();
  if (link.kind === 'live') return null;
  const restDown = link.kind === 'restDown';
  return (
    <Alert
      className={styles.banner}
      type="error"
      showIcon
      role="alert"
      title={restDown ? t.link.restDown : t.link.brokerDown}
      description={
        restDown ? t.link.restDownBody(ago(link.since, now), link.reason) : t.link.brokerDownBody(link.reason)
      }
    />
  );
}
