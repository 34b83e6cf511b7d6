import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import { RouterProvider } from 'react-router';
import { endSessionOn401, sessionKey } from '../api/session';
import { router } from './routes';
import { themeFor } from './theme';
import { useDarkMode } from './useDarkMode';

const endSession = () => client.setQueryData(sessionKey, null);
const onError = (error: unknown) => endSessionOn401(error, endSession);

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { retry: 1, staleTime: 5_000 } },
});

export function App() {
  const dark = useDarkMode();
  return (
    <ConfigProvider theme={themeFor(dark)} componentSize="middle">
      <AntApp className="app-root">
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
