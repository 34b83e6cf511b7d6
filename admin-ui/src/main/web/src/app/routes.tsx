import { createHashRouter, Navigate } from 'react-router';
import { CrashPage } from './CrashPage';
import { RequireLogin } from './RequireLogin';
import { Shell } from './Shell';

// Addresses after a # need nothing of the server or of a reverse proxy in front of it.
export const router = createHashRouter([
  { path: '/login', lazy: async () => ({ Component: (await import('../login/LoginPage')).LoginPage }) },
  {
    element: (
      <RequireLogin>
        <Shell />
      </RequireLogin>
    ),
    errorElement: <CrashPage />,
    hydrateFallbackElement: <></>,
    children: [
      { index: true, element: <Navigate to="/overview" replace /> },
      {
        path: 'overview/:pipeline?',
        lazy: async () => ({ Component: (await import('../overview/OverviewPage')).OverviewPage }),
      },
      { path: 'channels', lazy: async () => ({ Component: (await import('../channels/ChannelsPage')).ChannelsPage }) },
      {
        path: 'channels/new',
        lazy: async () => ({ Component: (await import('../channels/ChannelPage')).NewChannelPage }),
      },
      {
        path: 'channels/edit/:name',
        lazy: async () => ({ Component: (await import('../channels/ChannelPage')).EditChannelPage }),
      },
      {
        path: 'data-sources',
        lazy: async () => ({ Component: (await import('../data-sources/DataSourcesPage')).DataSourcesPage }),
      },
      { path: 'parked', lazy: async () => ({ Component: (await import('../parked/ParkedPage')).ParkedPage }) },
      {
        path: 'snapshots',
        lazy: async () => ({ Component: (await import('../snapshots/SnapshotsPage')).SnapshotsPage }),
      },
      {
        path: 'instances',
        lazy: async () => ({ Component: (await import('../instances/InstancesPage')).InstancesPage }),
      },
      { path: '*', element: <Navigate to="/overview" replace /> },
    ],
  },
]);
