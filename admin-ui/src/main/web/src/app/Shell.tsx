import { Layout } from 'antd';
import { Suspense } from 'react';
import { Outlet } from 'react-router';
import { AccountMenu } from './AccountMenu';
import { LinkBanner } from './LinkBanner';
import { LinkLight } from './LinkLight';
import { Navigation } from './Navigation';
import styles from './Shell.module.css';

export function Shell() {
  return (
    <Layout className={styles.shell}>
      <Navigation />
      <Layout>
        <Layout.Header className={styles.header}>
          <LinkLight />
          <AccountMenu />
        </Layout.Header>
        <Layout.Content className={styles.content} role="main">
          <LinkBanner />
          <Suspense>
            <Outlet />
          </Suspense>
        </Layout.Content>
      </Layout>
    </Layout>
  );
}
