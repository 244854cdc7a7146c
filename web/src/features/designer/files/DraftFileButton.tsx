import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { getDraftFile } from '@akimetr/api/contracts/questionnaire-drafts';
import type { QuestionnaireFile } from '@akimetr/api/contracts/questionnaires';
import { addressOf } from '../../../lib/api-client.ts';
import { openFile } from '../../../lib/download.ts';
import { useDraft } from '../draft/draft-context.ts';

interface Props {
  file: QuestionnaireFile;
  children: ReactNode;
}

/** Downloads a file that the server makes of the draft, once all that is on the screen is saved. */
export function DraftFileButton({ file, children }: Props) {
  const { t } = useTranslation('designer');
  const { code, keeper } = useDraft();
  const [state, setState] = useState<'ready' | 'saving' | 'unsaved'>('ready');
  const download = async () => {
    setState('saving');
    const saved = await keeper.settle();
    setState(saved ? 'ready' : 'unsaved');
    if (saved) openFile(addressOf(getDraftFile, { params: { code, file } }));
  };
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        loading={state === 'saving'}
        onClick={() => void download()}
      >
        {children}
      </Button>
      {state === 'unsaved' && <span role="alert">{t('files.unsaved')}</span>}
    </>
  );
}
