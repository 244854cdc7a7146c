import { Suspense, lazy, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRow } from '../../offline/database.ts';
import { LockGate } from './lock/LockGate.tsx';
import { CrashScreen } from './parts/CrashScreen.tsx';
import { SyntheticLine } from './parts/SyntheticLine.tsx';
import { FieldServicesContext } from './state/field-services.ts';
import type { FieldServices } from './state/field-services.ts';
import { useRoute } from './state/field-route.ts';
import { latePart } from './state/late-part.ts';
import { useAccount, useFieldData } from './state/use-field-data.ts';
import { SignInPage } from './screens/SignInPage.tsx';
import { whenPainted } from '../../lib/when-idle.ts';

const EnrolPage = lazy(() => import('./screens/EnrolPage.tsx'));
/** A morning begins with the lock. It does not wait for what is behind it: that comes while the PIN is typed. */
const screens = latePart(() => import('./Screens.tsx'));

interface Props extends FieldServices {
  /** Called when the first screen has been painted. */
  onShown?: () => void;
}

export function FieldApp({ onShown, ...services }: Props) {
  return (
    <FieldServicesContext.Provider value={services}>
      <Title />
      <SyntheticLine />
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
      screens.fetch();
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
  return <Work key={account.interviewerId} account={account} />;
}

/** All that a person does here, behind their PIN; while it is typed the rest is read, what was answered encrypted. */
function Work({ account }: { account: AccountRow }) {
  const part = screens.use();
  const route = useRoute();
  const data = useFieldData(account.interviewerId, route.screen !== 'interview');
  return (
    <LockGate account={account}>
      {part && data && <part.Screens account={account} data={data} />}
    </LockGate>
  );
}
