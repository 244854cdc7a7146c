import { useEffect } from 'react';
import { Navigate } from 'react-router';
import { useUser } from '../lib/session.ts';
import { LoadingScreen } from './LoadingScreen.tsx';
import { homeOf } from './navigation.ts';

/** Sends everybody to where their day begins. */
export function Home() {
  const { path, fullLoad } = homeOf(useUser().role);
  useEffect(() => {
    if (fullLoad) window.location.replace(path);
  }, [path, fullLoad]);
  return fullLoad ? <LoadingScreen /> : <Navigate to={path} replace />;
}
