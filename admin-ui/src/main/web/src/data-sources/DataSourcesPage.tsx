import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import { useDataSources } from '../api/configuration';
import { Loaded } from '../parts/Loaded';
import { NextStep } from '../parts/NextStep';
import { PageHeader } from '../parts/PageHeader';
import { t } from '../text';
import { DataSourceDrawer } from './DataSourceDrawer';
import { DataSourcesTable } from './DataSourcesTable';
import { PositionDrawer } from './PositionDrawer';
import { PrecheckDrawer } from './PrecheckDrawer';

const words = t.dataSources;

/** The list; ?add, ?edit=name, ?precheck=name and ?position=name open a drawer over it. */
export function DataSourcesPage() {
  const query = useDataSources();
  const [params, setParams] = useSearchParams();
  const show = (next: Record<string, string>) => setParams(next);
  const close = () => show({});
  const edit = params.get('edit');
  const named = (action: string) => query.data?.find((source) => source.name === params.get(action));
  const moved = named('position');
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => show({ add: '' })}>
      {words.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={words.title}>{(query.data?.length ?? 0) > 0 && add}</PageHeader>
      <Loaded query={query}>
        {(sources) => (
          <>
            {sources.length === 0 ? (
              <NextStep title={words.empty} body={words.emptyBody}>
                {add}
              </NextStep>
            ) : (
              <DataSourcesTable
                sources={sources}
                onEdit={(name) => show({ edit: name })}
                onPrecheck={(name) => show({ precheck: name })}
                onPosition={(name) => show({ position: name })}
              />
            )}
            {(params.has('add') || edit !== null) && (
              <DataSourceDrawer
                key={edit}
                source={sources.find((source) => source.name === edit)}
                onClose={close}
              />
            )}
            <PrecheckDrawer source={named('precheck')} onClose={close} />
            {moved && <PositionDrawer source={moved} onClose={close} />}
          </>
        )}
      </Loaded>
    </>
  );
}
