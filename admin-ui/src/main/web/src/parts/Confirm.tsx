import { Popconfirm } from 'antd';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { t } from '../text';

interface Props {
  title: string;
  description: ReactNode;
  okText: string;
  cancelText?: string;
  placement?: 'top' | 'bottomRight';
  onConfirm: () => void;
  /** The button. */
  children: ReactElement;
}

/** Asks before a button does what cannot be taken back; its "no" has the keyboard, which comes back to the button. */
export function Confirm({ title, description, okText, cancelText = t.action.cancel, placement = 'top', onConfirm, children }: Props) {
  const before = useRef<Element | null>(null);
  const changed = (open: boolean) => {
    if (open) before.current = document.activeElement;
    else if (before.current instanceof HTMLElement) before.current.focus();
  };
  return (
    <Popconfirm
      title={title}
      description={<div style={{ maxWidth: 320 }}>{description}</div>}
      okText={okText}
      okButtonProps={{ danger: true }}
      cancelText={cancelText}
      cancelButtonProps={{ autoFocus: true }}
      placement={placement}
      destroyOnHidden
      onConfirm={onConfirm}
      onOpenChange={changed}
    >
      {children}
    </Popconfirm>
  );
}
