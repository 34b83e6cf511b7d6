import { Button } from 'antd';
import { Link } from 'react-router';
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
        <Link to="/data-sources?add">
          <Button type="primary">{t.overview.empty.addSource}</Button>
        </Link>
      </NextStep>
    );
  }
  return (
    <NextStep title={t.overview.empty.noChannels} body={t.overview.empty.noChannelsBody}>
      <Link to="/channels/new">
        <Button type="primary">{t.overview.empty.addChannel}</Button>
      </Link>
    </NextStep>
  );
}
