import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Problem, request } from './http';

export interface Session {
  username: string;
}

const key = ['session'];

/** Null: nobody is logged in. */
export function useSession() {
  return useQuery({
    queryKey: key,
    queryFn: async () => {
      try {
        return await request<Session>('GET', '/session');
      } catch (e) {
        if (e instanceof Problem && e.status === 401) return null;
        throw e;
      }
    },
    staleTime: 60_000,
    retry: false,
    refetchInterval: (query) => (query.state.status === 'error' ? 3_000 : false),
  });
}

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (credentials: { username: string; password: string }) => {
      await request('POST', '/session', credentials);
      return request<Session>('GET', '/session');
    },
    onSuccess: (session) => client.setQueryData(key, session),
  });
}

export function useLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request('DELETE', '/session'),
    onSettled: () => {
      // Not clear(): it would also drop the query that the pages watch to see that the session has ended.
      client.setQueryData(key, null);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== key[0] });
    },
  });
}

/** Called with every error of a query or a command: a 401 means that the session has ended. */
export function endSessionOn401(error: unknown, end: () => void): void {
  if (error instanceof Problem && error.status === 401) end();
}

export const sessionKey = key;
