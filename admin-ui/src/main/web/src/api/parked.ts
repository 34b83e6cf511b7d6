import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './http';
import type { Cell, ParkedFilter, ParkedPage, ParkedTable } from './types';

const parkedKey = ['parked-rows'];
/** The owner of a partition carries commands out within a second or so. */
const interval = 3_000;

export function useParkedTables() {
  return useQuery({
    queryKey: [...parkedKey, 'tables'],
    queryFn: () => request<ParkedTable[]>('GET', '/parked-rows/tables'),
    refetchInterval: interval,
  });
}

export function useParkedRows(filter: ParkedFilter) {
  const query = new URLSearchParams({ page: String(filter.page), size: String(filter.size) });
  if (filter.state !== undefined) query.set('state', filter.state);
  return useQuery({
    queryKey: [...parkedKey, query.toString()],
    queryFn: () => request<ParkedPage>('GET', `/parked-rows?${query}`),
    refetchInterval: interval,
    placeholderData: (before) => before,
  });
}

export type Repair =
  | { what: 'retry'; id: number; cells?: Record<string, Cell> }
  | { what: 'skip'; id: number }
  | { what: 'replay' | 'skipAll'; table: ParkedTable };

/** Asks for something to be done with parked rows. */
export function useRepair() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (repair: Repair) => send(repair),
    onSuccess: () => client.invalidateQueries({ queryKey: parkedKey }),
  });
}

function send(repair: Repair): Promise<unknown> {
  switch (repair.what) {
    case 'retry':
      return request('POST', `/parked-rows/${repair.id}/retry`, { cells: repair.cells });
    case 'skip':
      return request('POST', `/parked-rows/${repair.id}/skip`);
    default: {
      const { pipeline, partition, targetSchema, targetTable } = repair.table;
      const table = { pipeline, partition, targetSchema, targetTable };
      return request('POST', `/parked-rows/${repair.what === 'replay' ? 'replay' : 'skip'}`, table);
    }
  }
}
