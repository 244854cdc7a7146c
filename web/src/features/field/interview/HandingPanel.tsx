import { useTranslation } from 'react-i18next';
import type { Locale } from '../../../lib/i18n.ts';
import type { Handing } from './page-guard.ts';
import { useRespondentWords } from './respondent-words.ts';

interface Props {
  stage: Handing;
  /** The respondent's. */
  language: Locale;
  onDone: () => void;
}

/** The tablet goes from hand to hand: plain words, one large button, each in the language of who has it then. */
export function HandingPanel({ stage, language, onDone }: Props) {
  const { t, i18n } = useTranslation('field');
  const respondent = useRespondentWords(language);
  const interviewer = { words: t, language: i18n.language };
  const reads = stage === 'handing-over' ? interviewer : respondent;
  const presses = stage === 'returning' ? interviewer : respondent;
  return (
    <section className="seal stack handing">
      <div className="stack" lang={reads.language}>
        <h2>{reads.words(`interviewTools.handing.${stage}.title`)}</h2>
        <p className="handing-text">{reads.words(`interviewTools.handing.${stage}.text`)}</p>
      </div>
      <div className="bottom-actions">
        <button type="button" className="primary" lang={presses.language} onClick={onDone}>
          {presses.words(`interviewTools.handing.${stage}.action`)}
        </button>
      </div>
    </section>
  );
}
