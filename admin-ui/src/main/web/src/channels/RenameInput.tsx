import { ArrowRightOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { t } from '../text';
import styles from './Channels.module.css';

interface Props {
  value: Record<string, string>;
  onChange: (value: Record<string, string>) => void;
}

/** Pairs of names. Half-filled pairs stay on the screen but not in the value. */
export function RenameInput({ value, onChange }: Props) {
  const [pairs, setPairs] = useState<[string, string][]>(() => Object.entries(value));
  const change = (next: [string, string][]) => {
    setPairs(next);
    const whole = next.map(([from, to]): [string, string] => [from.trim(), to.trim()]).filter(([from, to]) => from !== '' && to !== '');
    onChange(Object.fromEntries(whole));
  };
  const set = (i: number, pair: [string, string]) => change(pairs.map((old, j) => (i === j ? pair : old)));
  const { hint } = t.channels;
  return (
    <div className={styles.renames}>
      {pairs.map(([from, to], i) => (
        <div key={i} className={styles.rename}>
          <Input
            className="mono"
            value={from}
            placeholder={hint.rename}
            aria-label={hint.rename}
            onChange={(event) => set(i, [event.target.value, to])}
          />
          <ArrowRightOutlined />
          <Input
            className="mono"
            value={to}
            placeholder={hint.renameTo}
            aria-label={hint.renameTo}
            onChange={(event) => set(i, [from, event.target.value])}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t.action.remove}
            onClick={() => change(pairs.filter((_, j) => j !== i))}
          />
        </div>
      ))}
      <div>
        <Button size="small" icon={<PlusOutlined />} onClick={() => change([...pairs, ['', '']])}>
          {t.action.add}
        </Button>
      </div>
    </div>
  );
}
