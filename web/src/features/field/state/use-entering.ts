import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionUser } from '@akimetr/api/contracts/session';
import { followAccountLocale } from '../../../lib/i18n.ts';
import { ApiProblem, NetworkProblem } from '../../../lib/problems.ts';
import { payOwedSignOut, rememberAccount } from '../../../offline/accounts.ts';
import { goTo } from './field-route.ts';
import { useField } from './field-services.ts';

/** Somebody becomes the one who works on this tablet, by a password or by a supervisor's code. */
export function useEntering() {
  const { t } = useTranslation(['field', 'common']);
  const { db, api, sync } = useField();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  /**
   * @param prove asks the server who it is; null when it has told itself why not
   * @param onDone called when they have entered
   */
  const enter = useCallback(
    (prove: () => Promise<SessionUser | null>, onDone?: () => void) => {
      const work = async () => {
        await payOwedSignOut(db, api);
        const user = await prove();
        if (!user) return;
        await followAccountLocale(user.locale);
        await rememberAccount(db, user);
        sync.signedIn();
        // In place of the address that led here: a code in it is used up.
        goTo({ screen: 'home' }, 'replace');
        onDone?.();
        void sync.runNow();
      };
      setBusy(true);
      setTrouble(null);
      work()
        .catch((error: unknown) => {
          if (error instanceof ApiProblem) return setTrouble(t(`common:problems.${error.code}`));
          if (error instanceof NetworkProblem) return setTrouble(t('common:problems.network'));
          setTrouble(t('common:problems.unexpected'));
          throw error;
        })
        .finally(() => setBusy(false));
    },
    [t, db, api, sync],
  );

  return { busy, trouble, setTrouble, enter };
}
