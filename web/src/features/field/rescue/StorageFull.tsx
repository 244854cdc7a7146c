import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OnScreen } from '../../../offline/rescue-file.ts';
import { Note } from '../parts/Note.tsx';
import { useAccount } from '../state/use-field-data.ts';
import { SaveRescue } from './SaveRescue.tsx';

interface Props {
  onScreen?: () => OnScreen;
  /** What else can be done about it here. */
  children?: ReactNode;
}

/** Nothing can be written any more: what to do, and how to carry away what there is. */
export function StorageFull({ onScreen, children }: Props) {
  const { t } = useTranslation('field');
  const account = useAccount();
  return (
    <Note kind="bad" title={t('storageFull.title')} urgent>
      <p>{t('storageFull.text')}</p>
      {children}
      {account && (
        <SaveRescue interviewerId={account.interviewerId} {...(onScreen && { onScreen })} />
      )}
    </Note>
  );
}
