import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { t } from '../text';

interface Props {
  text: string;
  label?: string;
}

/** Copies to the clipboard, and says so. */
export function CopyButton({ text, label }: Props) {
  const { message } = App.useApp();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    } catch (e) {
      // Browsers refuse it on plain http from another host.
      message.error(e instanceof Error ? e.message : String(e));
    }
  };
  return (
    <Button
      size="small"
      type={label === undefined ? 'text' : 'default'}
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      aria-label={label === undefined ? t.action.copy : undefined}
      onClick={() => void copy()}
    >
      {label !== undefined && (copied ? t.action.copied : label)}
    </Button>
  );
}
