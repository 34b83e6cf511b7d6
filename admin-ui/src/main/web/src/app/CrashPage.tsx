import { Button, Result } from 'antd';
import { useRouteError } from 'react-router';
import { t } from '../text';

/** In place of a page that threw, such as after an update of the server took its files away. */
export function CrashPage() {
  const error = useRouteError();
  return (
    <Result
      status="error"
      title={t.problem.crash}
      subTitle={error instanceof Error ? error.message : String(error)}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t.action.retry}
        </Button>
      }
    />
  );
}
