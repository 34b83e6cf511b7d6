import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useChannels, useDataSources } from '../api/configuration';
import { Loaded } from '../parts/Loaded';
import { NextStep } from '../parts/NextStep';
import { PageHeader } from '../parts/PageHeader';
import { t } from '../text';
import { ChannelsTable } from './ChannelsTable';

const words = t.channels;

export function ChannelsPage() {
  const query = useChannels();
  const add = (
    <Button type="primary" icon={<PlusOutlined />} href="#/channels/new">
      {words.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={words.title}>{(query.data?.length ?? 0) > 0 && add}</PageHeader>
      <Loaded query={query}>
        {(channels) => (channels.length === 0 ? <NoChannels add={add} /> : <ChannelsTable channels={channels} />)}
      </Loaded>
    </>
  );
}

function NoChannels({ add }: { add: React.ReactNode }) {
  const { data: sources = [] } = useDataSources();
  if (sources.length >= 2) {
    return (
      <NextStep title={words.empty} body={words.emptyBody}>
        {add}
      </NextStep>
    );
  }
  return (
    <NextStep title={words.empty} body={words.emptyNoSources}>
      <Button type="primary" href="#/data-sources?add">
        {t.dataSources.add}
      </Button>
    </NextStep>
  );
}
