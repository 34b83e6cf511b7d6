import { Flex, Typography } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { t } from '../text';

export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ${t.product}`;
  }, [title]);
  return (
    <Flex align="center" justify="space-between" gap={16} wrap style={{ marginBottom: 16, minHeight: 32 }}>
      <Typography.Title level={1} style={{ fontSize: 22, margin: 0 }}>
        {title}
      </Typography.Title>
      {children}
    </Flex>
  );
}
