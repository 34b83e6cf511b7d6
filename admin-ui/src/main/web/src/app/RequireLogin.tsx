import { Flex, Spin } from 'antd';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '../api/session';
import { ProblemAlert } from '../parts/ProblemAlert';

/** Sends whoever is not logged in to the login page, and back afterwards. */
export function RequireLogin({ children }: { children: ReactNode }) {
  const session = useSession();
  const location = useLocation();
  // What was known before an outage is kept: the pages say themselves that they are stale.
  if (session.data) return children;
  if (session.data === null) return <Navigate to="/login" replace state={{ from: location.pathname + location.search }} />;
  return (
    <Flex align="center" justify="center" style={{ height: '100%', padding: 24 }}>
      {session.error ? <ProblemAlert error={session.error} retry={() => void session.refetch()} /> : <Spin size="large" />}
    </Flex>
  );
}
