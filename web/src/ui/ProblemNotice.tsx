import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiProblem, NetworkProblem } from '../lib/api-client.ts';
import { Notice } from './Notice.tsx';

interface Props {
  error: unknown;
  /** What the reader can do about it. */
  onRetry?: () => void;
}

/** Says in the reader's language what went wrong, with the number of the request to quote. */
export function ProblemNotice({ error, onRetry }: Props) {
  const { t } = useTranslation('common');
  if (!error) return null;
  return (
    <Notice tone="danger" role="alert">
      <p>{t(wordsOf(error))}</p>
      {error instanceof ApiProblem && (
        <p className="soft numeric">{t('states.requestId', { id: error.requestId })}</p>
      )}
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t('actions.tryAgain')}
        </Button>
      )}
    </Notice>
  );
}

function wordsOf(error: unknown) {
  if (error instanceof ApiProblem) return `problems.${error.code}` as const;
  if (error instanceof NetworkProblem) return 'problems.network';
  return 'problems.unexpected';
}
