import { Card, Table, Tag } from 'antd';
import { useChannels } from '../api/configuration';
import type { DataSource } from '../api/types';
import { t } from '../text';
import { DataSourceActions } from './DataSourceActions';
import { usesOf } from './uses';

const words = t.dataSources;

interface Props {
  sources: DataSource[];
  onEdit: (name: string) => void;
  onPrecheck: (name: string) => void;
  onPosition: (name: string) => void;
}

export function DataSourcesTable({ sources, onEdit, onPrecheck, onPosition }: Props) {
  const { data: channels = [] } = useChannels();
  const columns = words.columns;
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table<DataSource>
        size="middle"
        scroll={{ x: 920 }}
        pagination={false}
        rowKey="name"
        dataSource={sources}
        columns={[
          {
            title: columns.name,
            render: (_, { name, kind }) => (
              <span className="nowrap">
                <strong>{name}</strong> <Tag>{words.kind[kind]}</Tag>
              </span>
            ),
          },
          { title: columns.address, render: (_, source) => <Address source={source} /> },
          { title: columns.site, render: (_, { site, name }) => site ?? <span className="muted">{name}</span> },
          {
            title: columns.use,
            render: (_, { name }) => {
              const { asSource, asTarget } = usesOf(name, channels);
              if (asSource.length + asTarget.length === 0) return <span className="muted">{words.unused}</span>;
              return (
                <>
                  {asSource.length > 0 && <div>{words.asSource(asSource.join(', '))}</div>}
                  {asTarget.length > 0 && <div>{words.asTarget(asTarget.join(', '))}</div>}
                </>
              );
            },
          },
          {
            title: <span className="visually-hidden">{columns.actions}</span>,
            align: 'end',
            render: (_, source) => (
              <DataSourceActions
                source={source}
                onEdit={() => onEdit(source.name)}
                onPrecheck={() => onPrecheck(source.name)}
                onPosition={() => onPosition(source.name)}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

function Address({ source: { host, port, username, tls } }: { source: DataSource }) {
  return (
    <>
      <span className="mono">{`${host}:${port}`}</span>
      <div className="muted">{words.account(username, words.tls[tls])}</div>
    </>
  );
}
