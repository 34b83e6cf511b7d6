import { Badge, Card, Table, Tooltip } from 'antd';
import { useStatus } from '../api/status';
import type { InstanceStatus, Status } from '../api/types';
import { ago } from '../format/duration';
import { Loaded } from '../parts/Loaded';
import { NextStep } from '../parts/NextStep';
import { PageHeader } from '../parts/PageHeader';
import { t } from '../text';

const words = t.instances;

export function InstancesPage() {
  const query = useStatus();
  return (
    <>
      <PageHeader title={words.title}>
        {query.data && <span className="muted">{words.active(query.data.status.configVersion)}</span>}
      </PageHeader>
      <Loaded query={query}>
        {({ status }) =>
          status.instances.length === 0 ? (
            <NextStep title={words.empty} body={words.emptyBody} />
          ) : (
            <InstancesTable status={status} />
          )
        }
      </Loaded>
    </>
  );
}

function InstancesTable({ status }: { status: Status }) {
  // The server's clock: the browser's may differ.
  const now = Date.parse(status.time);
  const columns = words.columns;
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table<InstanceStatus>
        size="middle"
        scroll={{ x: 640 }}
        pagination={false}
        rowKey="instance"
        dataSource={[...status.instances].sort(inFlowOrder)}
        columns={[
          { title: columns.service, dataIndex: 'service', render: (service: string) => <strong>{service}</strong> },
          { title: columns.instance, dataIndex: 'instance', render: (id: string) => <span className="mono">{id}</span> },
          {
            title: columns.state,
            render: (_, { alive }) => <Badge status={alive ? 'success' : 'error'} text={alive ? words.alive : words.silent} />,
          },
          { title: columns.version, dataIndex: 'version' },
          {
            title: columns.config,
            render: (_, { configVersion }) => <ConfigVersion version={configVersion} active={status.configVersion} />,
          },
          { title: columns.seen, align: 'end', render: (_, { lastSeen }) => words.ago(ago(lastSeen, now)) },
        ]}
      />
    </Card>
  );
}

function ConfigVersion({ version, active }: { version: number; active: number }) {
  if (version === active) return version;
  return (
    <Tooltip title={words.behind(active)}>
      <Badge status="warning" text={version} />
    </Tooltip>
  );
}

const order = ['capture', 'dispatcher', 'apply', 'redis-sink'];

/** Services in the order in which a row meets them. */
function inFlowOrder(a: InstanceStatus, b: InstanceStatus): number {
  return order.indexOf(a.service) - order.indexOf(b.service) || a.instance.localeCompare(b.instance);
}
