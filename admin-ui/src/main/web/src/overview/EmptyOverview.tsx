import { Button } from 'antd';
import { useDataSources } from '../api/configuration';
import { NextStep } from '../parts/NextStep';
import { t } from '../text';

/** The first step, or the second if there are data sources already. */
export function EmptyOverview() {
  const { data: sources, isPending } = useDataSources();
  if (isPending) return null;
  if ((sources?.length ?? 0) === 0) {
    return (
      <NextStep title={t.overview.empty.noSources} body={t.overview.empty.noSourcesBody}>
        <Button type="primary" href="#/data-sources?add">
          {t.overview.empty.addSource}
        </Button>
      </NextStep>
    );
  }
  return (
    <NextStep title={t.overview.empty.noChannels} body={t.overview.empty.noChannelsBody}>
      <Button type="primary" href="#/channels/new">
        {t.overview.empty.addChannel}
      </Button>
    </NextStep>
  );
}
