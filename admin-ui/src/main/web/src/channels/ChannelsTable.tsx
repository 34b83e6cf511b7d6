import { ArrowRightOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { App, Button, Card, Popconfirm, Space, Table } from 'antd';
import { Link } from 'react-router';
import { useDeleteChannel } from '../api/configuration';
import type { Channel } from '../api/types';
import { t } from '../text';
import styles from './Channels.module.css';

const words = t.channels;
const editPath = (name: string) => `/channels/edit/${encodeURIComponent(name)}`;

export function ChannelsTable({ channels }: { channels: Channel[] }) {
  const columns = words.columns;
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table<Channel>
        size="middle"
        scroll={{ x: 680 }}
        pagination={false}
        rowKey="name"
        dataSource={channels}
        columns={[
          { title: columns.name, render: (_, { name }) => <Link to={editPath(name)}><strong>{name}</strong></Link> },
          { title: columns.pipelines, render: (_, channel) => <Pipelines channel={channel} /> },
          {
            title: <span className="visually-hidden">{columns.actions}</span>,
            align: 'end',
            render: (_, { name }) => <Actions name={name} />,
          },
        ]}
      />
    </Card>
  );
}

function Pipelines({ channel }: { channel: Channel }) {
  return (
    <div className={styles.pipelines}>
      {channel.pipelines.map(({ name, source, target, mappings }) => (
        <div key={name} className={styles.pipeline}>
          <Link to={`/overview/${encodeURIComponent(name)}`}>{name}</Link>
          <span>
            {source} <ArrowRightOutlined style={{ fontSize: 10 }} /> {target}
          </span>
          <span className="muted">{words.mappingCount(mappings.length)}</span>
        </div>
      ))}
    </div>
  );
}

function Actions({ name }: { name: string }) {
  const { message } = App.useApp();
  const remove = useDeleteChannel();
  const confirmed = () =>
    remove.mutate(name, {
      onSuccess: () => void message.success(words.deleted(name)),
      onError: (error) => void message.error(error.message, 6),
    });
  return (
    <Space size={4}>
      <Link to={editPath(name)}>
        <Button type="text" icon={<EditOutlined />} aria-label={t.action.of(t.action.edit, name)} tabIndex={-1} />
      </Link>
      <Popconfirm
        title={words.deleteTitle(name)}
        description={<div style={{ maxWidth: 300 }}>{words.deleteBody}</div>}
        okText={t.action.delete}
        okButtonProps={{ danger: true }}
        cancelText={t.action.cancel}
        placement="bottomRight"
        onConfirm={confirmed}
      >
        <Button
          type="text"
          danger
          icon={<DeleteOutlined />}
          loading={remove.isPending}
          aria-label={t.action.of(t.action.delete, name)}
        />
      </Popconfirm>
    </Space>
  );
}
