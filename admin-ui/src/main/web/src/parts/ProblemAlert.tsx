import { Alert, Button } from 'antd';
import { Problem } from '../api/http';
import { t } from '../text';

interface Props {
  error: Error;
  title?: string;
  retry?: () => void;
}

/** An error as the server put it: what is wrong and what to do. */
export function ProblemAlert({ error, title, retry }: Props) {
  const heading = error instanceof Problem ? error.title : error.name;
  return (
    <Alert
      type="error"
      showIcon
      title={title ?? heading}
      description={error.message === (title ?? heading) ? undefined : error.message}
      action={retry && <Button onClick={retry}>{t.action.retry}</Button>}
    />
  );
}
