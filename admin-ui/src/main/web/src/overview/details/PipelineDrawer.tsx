import { Alert, Drawer, Flex, Tabs } from 'antd';
import type { Status } from '../../api/types';
import { ago } from '../../format/duration';
import { StateTag } from '../../parts/StateTag';
import { t } from '../../text';
import { PipelineActions } from '../PipelineActions';
import { pending } from '../pipelineRows';
import { ReplayPanel } from '../replay/ReplayPanel';
import { CaptureDetails } from './CaptureDetails';
import { DispatchDetails } from './DispatchDetails';
import { HeldStatement } from './HeldStatement';
import { MappingsTable } from './MappingsTable';
import { PartitionsTable } from './PartitionsTable';
import { RefusedStatement } from './RefusedStatement';
import { refusedStatement } from './refusedStatement';

interface Props {
  /** Undefined: closed. */
  name: string | undefined;
  status: Status;
  onClose: () => void;
}

/** One pipeline with all that its services say about it. */
export function PipelineDrawer({ name, status, onClose }: Props) {
  const pipeline = status.channels.flatMap((channel) => channel.pipelines).find((other) => other.name === name);
  const refused = pipeline && refusedStatement(pipeline.partitions);
  const source = status.sources.find((other) => other.name === pipeline?.source);
  // The server's clock, as all times of the services are.
  const now = Date.parse(status.time);
  return (
    <Drawer
      open={name !== undefined}
      onClose={onClose}
      size="min(920px, 92vw)"
      title={name}
      extra={pipeline && <PipelineActions pipeline={pipeline.name} desired={pipeline.desired} suspended={pipeline.state === 'SUSPENDED'} />}
    >
      {!pipeline && <Alert type="info" showIcon title={t.details.notFound} />}
      {pipeline && (
        <Flex vertical gap={12}>
          <Flex align="center" gap={10}>
            <StateTag state={pipeline.state} error={pipeline.error} wanted={pending(pipeline)} />
            <span className="muted">
              {pipeline.source} → {pipeline.target}
            </span>
          </Flex>
          {pipeline.dispatch?.held && <HeldStatement pipeline={pipeline.name} held={pipeline.dispatch.held} />}
          {refused && <RefusedStatement pipeline={pipeline.name} refused={refused} />}
          {pipeline.error && !pipeline.dispatch?.held && !refused && (
            <Alert type={pipeline.state === 'RETRYING' ? 'warning' : 'error'} showIcon title={pipeline.error} />
          )}
          {pipeline.stall && (
            <Alert
              type="error"
              showIcon
              title={t.details.stalled(pipeline.stall.stage, ago(pipeline.stall.since, now))}
              description={pipeline.stall.reason}
            />
          )}
          <Tabs
            items={[
              { key: 'partitions', label: t.details.partitions, children: <PartitionsTable pipeline={pipeline} now={now} /> },
              { key: 'capture', label: t.details.capture, children: <CaptureDetails pipeline={pipeline} source={source} now={now} /> },
              { key: 'dispatch', label: t.details.dispatch, children: <DispatchDetails pipeline={pipeline} now={now} /> },
              { key: 'mappings', label: t.details.mappings, children: <MappingsTable pipeline={pipeline.name} /> },
              { key: 'replay', label: t.replays.tab, children: <ReplayPanel key={pipeline.name} pipeline={pipeline} now={now} /> },
            ]}
          />
        </Flex>
      )}
    </Drawer>
  );
}
