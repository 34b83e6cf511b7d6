import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import { useChannels } from '../api/configuration';
import { useSnapshots } from '../api/snapshots';
import { Loaded } from '../parts/Loaded';
import { NextStep } from '../parts/NextStep';
import { PageHeader } from '../parts/PageHeader';
import { t } from '../text';
import { SnapshotDrawer } from './SnapshotDrawer';
import { SnapshotsTable } from './SnapshotsTable';

const words = t.snapshots;

/** Copies of rows that are at a source already; ?add opens the form for another one. */
export function SnapshotsPage() {
  const query = useSnapshots();
  const { data: channels = [] } = useChannels();
  const [params, setParams] = useSearchParams();
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setParams({ add: '' })}>
      {words.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={words.title}>{(query.data?.length ?? 0) > 0 && add}</PageHeader>
      <Loaded query={query}>
        {(snapshots) =>
          snapshots.length === 0 ? (
            <NextStep title={words.empty} body={words.emptyBody}>
              {add}
            </NextStep>
          ) : (
            <SnapshotsTable snapshots={snapshots} />
          )
        }
      </Loaded>
      {params.has('add') && <SnapshotDrawer channels={channels} onClose={() => setParams({})} />}
    </>
  );
}
