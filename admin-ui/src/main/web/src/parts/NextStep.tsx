import { Card, Empty, Typography } from 'antd';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  body: string;
  children?: ReactNode;
}

/** What to do where there is nothing yet. */
export function NextStep({ title, body, children }: Props) {
  return (
    <Card>
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        style={{ maxWidth: 460, margin: '48px auto' }}
        description={
          <>
            <Typography.Title level={2} style={{ fontSize: 16, marginBottom: 4 }}>
              {title}
            </Typography.Title>
            <Typography.Text type="secondary">{body}</Typography.Text>
          </>
        }
      >
        {children}
      </Empty>
    </Card>
  );
}
