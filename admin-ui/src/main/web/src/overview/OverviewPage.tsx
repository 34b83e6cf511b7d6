import { Flex } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { useLink, useStatus } from '../api/status';
import { Loaded } from '../parts/Loaded';
import { PageHeader } from '../parts/PageHeader';
import { t } from '../text';
import { PipelineDrawer } from './details/PipelineDrawer';
import { EmptyOverview } from './EmptyOverview';
import { FlowCard } from './flow/FlowCard';
import { PipelinesTable } from './PipelinesTable';
import { Tiles } from './Tiles';
import styles from './Overview.module.css';

/** Everything that moves, live; a pipeline named in the address is shown in detail. */
export function OverviewPage() {
  const query = useStatus();
  const link = useLink();
  const navigate = useNavigate();
  const { pipeline } = useParams();
  return (
    <>
      <PageHeader title={t.overview.title} />
      <Loaded query={query}>
        {({ status, history }) => (
          <div className={link.kind === 'live' ? undefined : styles.stale}>
            {status.channels.every((channel) => channel.pipelines.length === 0) ? (
              <EmptyOverview />
            ) : (
              <Flex vertical gap={16}>
                <Tiles status={status} history={history} />
                <FlowCard status={status} />
                <PipelinesTable status={status} history={history} />
              </Flex>
            )}
            <PipelineDrawer name={pipeline} status={status} onClose={() => void navigate('/overview')} />
          </div>
        )}
      </Loaded>
    </>
  );
}
