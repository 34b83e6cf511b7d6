import { ApartmentOutlined, ClusterOutlined, CopyOutlined, DashboardOutlined, DatabaseOutlined, InboxOutlined } from '@ant-design/icons';
import { Layout, Menu } from 'antd';
import { useState } from 'react';
import { NavLink, useLocation } from 'react-router';
import { t } from '../text';
import styles from './Shell.module.css';

const pages = [
  { key: 'overview', icon: <DashboardOutlined />, label: t.nav.overview },
  { key: 'channels', icon: <ApartmentOutlined />, label: t.nav.channels },
  { key: 'data-sources', icon: <DatabaseOutlined />, label: t.nav.dataSources },
  { key: 'snapshots', icon: <CopyOutlined />, label: t.nav.snapshots },
  { key: 'parked', icon: <InboxOutlined />, label: t.nav.parked },
  { key: 'instances', icon: <ClusterOutlined />, label: t.nav.instances },
];

export function Navigation() {
  const [collapsed, setCollapsed] = useState(false);
  const current = useLocation().pathname.split('/')[1] ?? '';
  return (
    <Layout.Sider
      className={`${styles.sider} ${collapsed ? styles.collapsed : ''}`}
      width={208}
      collapsedWidth={64}
      breakpoint="xl"
      theme="light"
      trigger={null}
      collapsible
      collapsed={collapsed}
      onBreakpoint={setCollapsed}
    >
      <NavLink to="/overview" className={styles.brand} aria-label={t.product}>
        <img src="./favicon.svg" alt="" />
        {!collapsed && t.product}
      </NavLink>
      <nav aria-label={t.nav.main}>
        <Menu
          className={styles.menu}
          mode="inline"
          selectedKeys={[current]}
          items={pages.map(({ key, icon, label }) => ({
            key,
            icon,
            label: <NavLink to={`/${key}`}>{label}</NavLink>,
          }))}
        />
      </nav>
    </Layout.Sider>
  );
}
