import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiProblem, NetworkProblem } from '../lib/api-client.ts';
import { inputFaultWords } from '../lib/fault-words.ts';
import { Notice } from './Notice.tsx';
import styles from './ProblemNotice.module.css';

interface Props {
  error: unknown;
  /** What the reader can do about it. */
  onRetry?: () => void;
  /** Lists what the server found wrong and where; for files, whose fields are not on the screen. */
  withFields?: boolean;
}

/** Says in the reader's language what went wrong; where the server failed, with the request's number to quote. */
export function ProblemNotice({ error, onRetry, withFields = false }: Props) {
  const { t } = useTranslation('common');
  if (!error) return null;
  const found = withFields && error instanceof ApiProblem ? error.fields : [];
  // A file as a whole is no field that is marked anywhere: what is wrong with it is all there is to say.
  if (found.length > 0 && found.every(({ path }) => path === 'body.file')) {
    return (
      <Notice tone="danger" role="alert">
        {found.map(({ message }) => (
          <p key={message} className={styles.sentence}>
            {inputFaultWords(message)}
          </p>
        ))}
      </Notice>
    );
  }
  return (
    <Notice tone="danger" role="alert">
      <p>{t(wordsOf(error))}</p>
      {error instanceof ApiProblem && error.status >= 500 && (
        <p className="soft numeric">{t('states.requestId', { id: error.requestId })}</p>
      )}
      {found.length > 0 && (
        <ul>
          {found.map(({ path, message }) => (
            <li key={path + message}>
              <code>{path.replace(/^body\./, '')}</code> {inputFaultWords(message)}
            </li>
          ))}
        </ul>
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
