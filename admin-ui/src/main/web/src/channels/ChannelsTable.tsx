import { ArrowRightOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { App, Button, Card, Space, Table } from 'antd';
import { Link } from 'react-router';
import { useDeleteChannel } from '../api/configuration';
import type { Channel } from '../api/types';
import { Confirm } from '../parts/Confirm';
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
      <Button type="text" icon={<EditOutlined />} href={`#${editPath(name)}`} aria-label={t.action.of(t.action.edit, name)} />
      <Confirm
        title={words.deleteTitle(name)}
        description={words.deleteBody}
        okText={t.action.delete}
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
      </Confirm>
    </Space>
  );
}
