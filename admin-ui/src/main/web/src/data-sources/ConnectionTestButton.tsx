import { useMutation } from '@tanstack/react-query';
import { App, Button, type ButtonProps } from 'antd';
import type { ConnectionTest } from '../api/types';
import { t } from '../text';

interface Props {
  /** Undefined: there was nothing to test. */
  run: () => Promise<ConnectionTest | undefined>;
  label?: string;
  size?: ButtonProps['size'];
  disabled?: boolean;
}

/** Connects from the server, and says what answered or why nothing did. */
export function ConnectionTestButton({ run, label, size, disabled }: Props) {
  const { notification } = App.useApp();
  const failed = (description: string) => {
    notification.error({ title: t.dataSources.testFailed, description, duration: 10 });
  };
  const test = useMutation({
    mutationFn: run,
    onSuccess: (result) => {
      if (result === undefined) return;
      const { ok, server, millis, message } = result;
      if (ok) notification.success({ title: t.dataSources.testOk(server ?? '', millis), description: message, duration: 5 });
      else failed(message ?? '');
    },
    onError: (error) => failed(error.message),
  });
  return (
    <Button size={size} loading={test.isPending} disabled={disabled} aria-label={label} onClick={() => test.mutate()}>
      {t.action.test}
    </Button>
  );
}
