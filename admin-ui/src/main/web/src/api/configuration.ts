import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './http';
import { statusKey } from './status';
import type {
  Channel,
  Command,
  CommandResult,
  ConnectionTest,
  DataSource,
  DataSourceInput,
  Precheck,
  Role,
} from './types';

const dataSourcesKey = ['data-sources'];
const channelsKey = ['channels'];
const at = encodeURIComponent;

export function useDataSources() {
  return useQuery({ queryKey: dataSourcesKey, queryFn: () => request<DataSource[]>('GET', '/data-sources') });
}

export function useChannels() {
  return useQuery({ queryKey: channelsKey, queryFn: () => request<Channel[]>('GET', '/channels') });
}

/** After any change of the configuration everything derived from it is asked for again. */
export function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([dataSourcesKey, channelsKey, statusKey].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** Creates it, or changes the one called `existing`. */
export function useSaveDataSource(existing?: string) {
  return useChange((input: DataSourceInput) =>
    existing === undefined
      ? request<DataSource>('POST', '/data-sources', input)
      : request<DataSource>('PUT', `/data-sources/${at(existing)}`, input),
  );
}

export function useDeleteDataSource() {
  return useChange((name: string) => request<undefined>('DELETE', `/data-sources/${at(name)}`));
}

export function useSaveChannel(existing?: string) {
  return useChange((input: Channel) =>
    existing === undefined
      ? request<Channel>('POST', '/channels', input)
      : request<Channel>('PUT', `/channels/${at(existing)}`, input),
  );
}

export function useDeleteChannel() {
  return useChange((name: string) => request<undefined>('DELETE', `/channels/${at(name)}`));
}

export function useCommand() {
  return useChange(({ pipeline, command }: { pipeline: string; command: Command }) =>
    request<CommandResult>('POST', `/pipelines/${at(pipeline)}/${command}`),
  );
}

export const testStored = (name: string) => request<ConnectionTest>('POST', `/data-sources/${at(name)}/test`);
export const testUnsaved = (input: DataSourceInput) => request<ConnectionTest>('POST', '/data-sources/test', input);

export function usePrecheck(name: string, role: Role) {
  return useQuery({
    queryKey: ['precheck', name, role],
    queryFn: () => request<Precheck>('GET', `/data-sources/${at(name)}/precheck?role=${role}`),
    gcTime: 0,
    retry: false,
  });
}
