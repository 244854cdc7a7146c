import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../lib/formats.ts';
import type { Contact } from '../../../offline/contacts.ts';

interface Props {
  contacts: readonly Contact[];
  /** Back to a household: it becomes the one that is worked with. */
  onChoose: (household: number) => void;
}

/** Households that were tried, the latest attempt of each, and the way back to those worth another one. */
export function HouseholdList({ contacts, onChoose }: Props) {
  const { t } = useTranslation('field');
  return (
    <ul className="cards">
      {contacts.map(({ state, attempt }) => (
        <li key={attempt.household} className="card" data-state={state}>
          <div className="card-head">
            <span className="place-office">
              {t('contact.household', { number: attempt.household })}
            </span>
            <span className="state">{t(`contact.states.${state}`)}</span>
          </div>
          <p>
            {t(`contact.dispositions.${attempt.disposition}`)}
            {attempt.reason && ` · ${t(`contact.reasons.${attempt.reason}`)}`}
            {attempt.appointmentAt && <strong> · {formatInstant(attempt.appointmentAt)}</strong>}
          </p>
          <p className="soft">
            {formatInstant(attempt.attemptedAt)} · {t(`contact.steps.${attempt.nextStep}`)}
          </p>
          {attempt.note && <p>{attempt.note}</p>}
          {attempt.nextStep === 'come_back' && (
            <button type="button" className="secondary" onClick={() => onChoose(attempt.household)}>
              {t('contact.again', { number: attempt.household })}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
