import { Segmented } from 'antd';
import { useState } from 'react';
import { useParkedRows, useParkedTables } from '../api/parked';
import type { ParkedState } from '../api/types';
import { Loaded } from '../parts/Loaded';
import { NextStep } from '../parts/NextStep';
import { PageHeader } from '../parts/PageHeader';
import { t } from '../text';
import { ParkedRowsTable } from './ParkedRowsTable';
import { ParkedTablesCard } from './ParkedTablesCard';

const words = t.parked;
const size = 50;

/** The error store: what is parked, and what to do with it. */
export function ParkedPage() {
  const [state, setState] = useState<ParkedState | undefined>('PARKED');
  const [page, setPage] = useState(0);
  const tables = useParkedTables();
  const rows = useParkedRows({ state, page, size });
  return (
    <>
      <PageHeader title={words.title}>
        <Segmented
          aria-label={words.shown}
          value={state ?? 'ALL'}
          options={[
            { value: 'PARKED', label: words.onlyParked },
            { value: 'ALL', label: words.all },
          ]}
          onChange={(value) => {
            setState(value === 'PARKED' ? 'PARKED' : undefined);
            setPage(0);
          }}
        />
      </PageHeader>
      <Loaded query={tables}>{(data) => (data.length === 0 ? null : <ParkedTablesCard tables={data} />)}</Loaded>
      <Loaded query={rows}>
        {(data) =>
          data.total === 0 ? (
            <NextStep title={words.empty} body={words.emptyBody} />
          ) : (
            <ParkedRowsTable data={data} firsts={(tables.data ?? []).map(({ first }) => first.id)} onPage={setPage} />
          )
        }
      </Loaded>
    </>
  );
}
