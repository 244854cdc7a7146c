import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { followAccountLocale } from '../lib/i18n.ts';
import { useMeta, useSession } from '../lib/session.ts';
import { ProblemNotice } from '../ui/ProblemNotice.tsx';
import { LoadingScreen } from './LoadingScreen.tsx';
import { Shell } from './Shell.tsx';
import styles from './Shell.module.css';

/** The part behind the sign-in. Whoever is not signed in is asked to, and comes back to where they wanted to be. */
export function SignedIn() {
  const { data, error, isPending, refetch } = useSession();
  const meta = useMeta();
  const { pathname, search } = useLocation();
  const locale = data?.session?.user.locale;
  useEffect(() => {
    if (locale) void followAccountLocale(locale);
  }, [locale]);
  // The banner above every screen is known with the first of them: nothing moves down afterwards.
  if (isPending || meta.isPending) return <LoadingScreen />;
  if (error && !data) {
    return (
      <main className={styles.main}>
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  if (!data?.session) {
    const wanted = pathname + search;
    const asked = wanted === '/' ? '' : `?next=${encodeURIComponent(wanted)}`;
    return <Navigate to={`/sign-in${asked}`} replace />;
  }
  return <Shell />;
}
