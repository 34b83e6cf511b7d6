import { DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { App, Button, Space, Tooltip } from 'antd';
import { testStored, useDeleteDataSource } from '../api/configuration';
import type { DataSource } from '../api/types';
import { Confirm } from '../parts/Confirm';
import { t } from '../text';
import { ConnectionTestButton } from './ConnectionTestButton';

interface Props {
  source: DataSource;
  onEdit: () => void;
  onPrecheck: () => void;
  onPosition: () => void;
}

export function DataSourceActions({ source: { name, capture }, onEdit, onPrecheck, onPosition }: Props) {
  const { message } = App.useApp();
  const remove = useDeleteDataSource();
  const confirmed = () =>
    remove.mutate(name, {
      onSuccess: () => void message.success(t.dataSources.deleted(name)),
      onError: (error) => void message.error(error.message, 6),
    });
  return (
    <Space size={4}>
      <ConnectionTestButton label={t.action.of(t.action.test, name)} run={() => testStored(name)} size="small" />
      <Button size="small" onClick={onPrecheck} aria-label={t.action.of(t.action.precheck, name)}>
        {t.action.precheck}
      </Button>
      {capture && (
        <Button size="small" onClick={onPosition} aria-label={t.action.of(t.position.of, name)}>
          {t.position.of}
        </Button>
      )}
      <Tooltip title={t.action.edit}>
        <Button type="text" icon={<EditOutlined />} onClick={onEdit} aria-label={t.action.of(t.action.edit, name)} />
      </Tooltip>
      <Confirm
        title={t.dataSources.deleteTitle(name)}
        description={t.dataSources.deleteBody}
        okText={t.action.delete}
        placement="bottomRight"
        onConfirm={confirmed}
      >
        <Tooltip title={t.action.delete}>
          <Button
            type="text"
            danger
            icon={<DeleteOutlined />}
            loading={remove.isPending}
            aria-label={t.action.of(t.action.delete, name)}
          />
        </Tooltip>
      </Confirm>
    </Space>
  );
}
