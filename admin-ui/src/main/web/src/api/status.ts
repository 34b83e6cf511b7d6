import { useQuery, useQueryClient } from '@tanstack/react-query';
import { appendSamples, type History } from './history';
import { request } from './http';
import type { Status } from './types';

export const statusKey = ['status'];
const interval = 2_000;

/** Without an answer for this long the numbers on the screen are called old. */
const staleAfter = 3 * interval;

export interface LiveStatus {
  status: Status;
  history: History;
}

/** The state of everything, asked for every two seconds by whichever page is open. */
export function useStatus() {
  const client = useQueryClient();
  return useQuery({
    queryKey: statusKey,
    queryFn: async (): Promise<LiveStatus> => {
      const status = await request<Status>('GET', '/status');
      const before = client.getQueryData<LiveStatus>(statusKey);
      return { status, history: appendSamples(before?.history ?? {}, status) };
    },
    refetchInterval: interval,
    retry: false,
    gcTime: Infinity,
  });
}

export type Link =
  | { kind: 'live' }
  | { kind: 'restDown'; reason: string; since: number }
  | { kind: 'brokerDown'; reason: string };

/** Whether what is on the screen is what goes on. */
export function useLink(): Link {
  const { data, error, dataUpdatedAt, errorUpdatedAt } = useStatus();
  if (error !== null && errorUpdatedAt - dataUpdatedAt > staleAfter) {
    return { kind: 'restDown', reason: error.message, since: dataUpdatedAt };
  }
  if (data !== undefined && !data.status.broker.connected) {
    return { kind: 'brokerDown', reason: data.status.broker.error ?? '' };
  }
  return { kind: 'live' };
}
