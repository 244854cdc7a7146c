import { Suspense, lazy, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRow } from '../../offline/database.ts';
import { useRoute } from './state/field-route.ts';
import type { FieldData } from './state/use-field-data.ts';
import { HomePage } from './screens/HomePage.tsx';
import { OutboxPage } from './screens/OutboxPage.tsx';
import { ReadyPage } from './screens/ReadyPage.tsx';
import { SignInPage } from './screens/SignInPage.tsx';
import { TabletPage } from './screens/TabletPage.tsx';

/** The contracts and SurveyJS are the bulk of the app; the first screen does not wait for them. */
const AssignmentPage = lazy(async () => {
  const { AssignmentPage: page } = await import('./screens/AssignmentPage.tsx');
  return { default: page };
});
const InterviewPage = lazy(() => import('./interview/InterviewPage.tsx'));

interface Props {
  account: AccountRow;
  data: FieldData;
}

/** All that is behind the lock. */
export function Screens({ account, data }: Props) {
  const { t } = useTranslation('field');
  const route = useRoute();
  const place = 'id' in route ? `${route.screen}/${route.id}` : route.screen;
  useFocusOnNewScreen(place);
  return (
    <Suspense fallback={<p className="screen">{t('interview.opening')}</p>}>
      <Screen key={place} account={account} data={data} />
    </Suspense>
  );
}

function Screen({ account, data }: Props) {
  const route = useRoute();
  switch (route.screen) {
    case 'assignment':
      return <AssignmentPage id={route.id} data={data} />;
    case 'interview':
      return <InterviewPage id={route.id} data={data} />;
    case 'outbox':
      return <OutboxPage account={account} data={data} />;
    case 'tablet':
      return <TabletPage account={account} data={data} />;
    case 'sign-in':
      return <SignInPage knownLogin={account.user.login} />;
    case 'ready':
      return <ReadyPage account={account} data={data} />;
    case 'enrol':
    case 'home':
      return <HomePage account={account} data={data} />;
  }
}

/** A screen reader begins at the new screen's heading, not where the last screen was left. */
function useFocusOnNewScreen(place: string) {
  useEffect(() => {
    const heading = document.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  }, [place]);
}
