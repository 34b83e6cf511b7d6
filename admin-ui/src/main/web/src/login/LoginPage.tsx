import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Form, Input, Typography } from 'antd';
import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Problem } from '../api/http';
import { useLogin, useSession } from '../api/session';
import { t } from '../text';
import styles from './LoginPage.module.css';

interface Credentials {
  username: string;
  password: string;
}

export function LoginPage() {
  // Asked here too, because its answer brings the CSRF cookie that logging in needs.
  const { data: session } = useSession();
  const login = useLogin();
  const location = useLocation();
  useEffect(() => {
    document.title = t.login.title;
  }, []);
  if (session) return <Navigate to={(location.state as { from?: string } | null)?.from ?? '/overview'} replace />;
  return (
    <main className={styles.page}>
      <Card className={styles.card}>
        <div className={styles.brand}>
          <img src="./favicon.svg" alt="" width={40} height={40} />
          <div>
            <Typography.Title level={1} className={styles.title}>
              {t.login.title}
            </Typography.Title>
            <Typography.Text type="secondary">{t.login.tagline}</Typography.Text>
          </div>
        </div>
        <Form<Credentials>
          layout="vertical"
          requiredMark={false}
          initialValues={{ username: 'admin' }}
          onFinish={(values) => login.mutate(values)}
        >
          <Form.Item name="username" label={t.login.username} rules={[{ required: true, message: t.login.missing.username }]}>
            <Input prefix={<UserOutlined />} autoComplete="username" size="large" />
          </Form.Item>
          <Form.Item name="password" label={t.login.password} rules={[{ required: true, message: t.login.missing.password }]}>
            <Input.Password
              prefix={<LockOutlined />}
              autoComplete="current-password"
              size="large"
              // eslint-disable-next-line jsx-a11y/no-autofocus -- the page has nothing else to do
              autoFocus
            />
          </Form.Item>
          {login.error && <Alert type="error" showIcon title={reason(login.error)} className={styles.error} role="alert" />}
          <Button type="primary" htmlType="submit" size="large" block loading={login.isPending}>
            {t.login.submit}
          </Button>
        </Form>
        <Typography.Paragraph type="secondary" className={styles.hint}>
          {t.login.hint}
        </Typography.Paragraph>
      </Card>
    </main>
  );
}

function reason(error: Error): string {
  return error instanceof Problem && error.status === 401 ? t.login.wrong : error.message;
}
