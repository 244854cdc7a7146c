import { Suspense, lazy, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LockGate } from './lock/LockGate.tsx';
import { CrashScreen } from './parts/CrashScreen.tsx';
import { FieldServicesContext } from './state/field-services.ts';
import type { FieldServices } from './state/field-services.ts';
import { useRoute } from './state/field-route.ts';
import { useAccount } from './state/use-field-data.ts';
import { SignInPage } from './screens/SignInPage.tsx';
import { whenPainted } from '../../lib/when-idle.ts';

const EnrolPage = lazy(() => import('./screens/EnrolPage.tsx'));
/** A morning begins with the lock. It does not wait for what is behind it: that comes while the PIN is typed. */
const loadScreens = () => import('./Screens.tsx');
const Screens = lazy(loadScreens);

interface Props extends FieldServices {
  /** Called when the first screen has been painted. */
  onShown?: () => void;
}

export function FieldApp({ onShown, ...services }: Props) {
  return (
    <FieldServicesContext.Provider value={services}>
      <Title />
      <CrashScreen>
        <Gate onShown={onShown} />
      </CrashScreen>
    </FieldServicesContext.Provider>
  );
}

function Title() {
  const { t } = useTranslation('field');
  return <title>{t('title')}</title>;
}

/** Somebody has to be signed in; whether the server still agrees matters only for sending. */
function Gate({ onShown }: Pick<Props, 'onShown'>) {
  const account = useAccount();
  const route = useRoute();
  const known = account !== undefined;
  useEffect(() => {
    if (!known) return;
    return whenPainted(() => {
      void loadScreens();
      onShown?.();
    });
  }, [known, onShown]);
  if (!known) return null;
  if (route.screen === 'enrol') {
    return (
      <Suspense>
        <EnrolPage code={route.code} inUse={account !== null} />
      </Suspense>
    );
  }
  if (account === null) return <SignInPage />;
  return (
    <LockGate key={account.interviewerId} account={account}>
      <Suspense>
        <Screens account={account} />
      </Suspense>
    </LockGate>
  );
}
