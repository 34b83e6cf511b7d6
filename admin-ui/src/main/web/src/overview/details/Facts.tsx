import { Descriptions } from 'antd';
import type { ReactNode } from 'react';

/** Names and values in one column. */
export function Facts({ facts }: { facts: [label: string, value: ReactNode][] }) {
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      styles={{ label: { width: 260 } }}
      items={facts.map(([label, value]) => ({ key: label, label, children: value }))}
    />
  );
}
