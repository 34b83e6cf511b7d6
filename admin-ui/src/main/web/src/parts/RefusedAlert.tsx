import { Alert } from 'antd';
import { t } from '../text';

/** What the server says against a form and that no single field could show. */
export function RefusedAlert({ reasons }: { reasons: string[] }) {
  if (reasons.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBottom: 16 }}
      title={t.channels.notSaved}
      description={reasons.map((reason) => (
        <div key={reason}>{reason}</div>
      ))}
    />
  );
}
