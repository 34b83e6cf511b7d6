import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useLogout, useSession } from '../api/session';
import { t } from '../text';

export function AccountMenu() {
  const { data: session } = useSession();
  const logout = useLogout();
  if (!session) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [{ key: 'logOut', icon: <LogoutOutlined />, label: t.account.logOut, onClick: () => logout.mutate() }],
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={t.account.loggedInAs(session.username)}>
        {session.username}
      </Button>
    </Dropdown>
  );
}
