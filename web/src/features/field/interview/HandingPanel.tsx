import { useTranslation } from 'react-i18next';
import type { Handing } from './page-guard.ts';

/** The tablet goes from hand to hand: plain words, one large button. */
export function HandingPanel({ stage, onDone }: { stage: Handing; onDone: () => void }) {
  const { t } = useTranslation('field');
  return (
    <section className="seal stack handing">
      <h2>{t(`interviewTools.handing.${stage}.title`)}</h2>
      <p className="handing-text">{t(`interviewTools.handing.${stage}.text`)}</p>
      <div className="bottom-actions">
        <button type="button" className="primary" onClick={onDone}>
          {t(`interviewTools.handing.${stage}.action`)}
        </button>
      </div>
    </section>
  );
}
