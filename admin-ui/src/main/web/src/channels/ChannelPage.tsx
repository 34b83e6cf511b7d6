import { Alert } from 'antd';
import { useParams } from 'react-router';
import { useChannels, useDataSources } from '../api/configuration';
import { Loaded } from '../parts/Loaded';
import { PageHeader } from '../parts/PageHeader';
import { t } from '../text';
import { ChannelEditor } from './ChannelEditor';
import { emptyPipeline } from './channelForm';

const words = t.channels;

export function NewChannelPage() {
  return (
    <>
      <PageHeader title={words.addTitle} />
      <Loaded query={useDataSources()}>
        {(sources) => <ChannelEditor initial={{ name: '', pipelines: [emptyPipeline()] }} sources={sources} />}
      </Loaded>
    </>
  );
}

export function EditChannelPage() {
  const { name = '' } = useParams();
  const sources = useDataSources();
  return (
    <>
      <PageHeader title={words.editTitle(name)} />
      <Loaded query={useChannels()}>
        {(channels) => {
          const channel = channels.find((other) => other.name === name);
          if (!channel) return <Alert type="info" showIcon title={words.notFound} />;
          return <Loaded query={sources}>{(all) => <ChannelEditor existing={name} initial={channel} sources={all} />}</Loaded>;
        }}
      </Loaded>
    </>
  );
}
