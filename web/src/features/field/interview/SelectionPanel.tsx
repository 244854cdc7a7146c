import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Selection, SelectionMethod } from '@akimetr/api/contracts/interview-circumstances';
import { numberedAdults, selectByKish } from '@akimetr/api/domain/respondent-selection';
import type { Adult } from '@akimetr/api/domain/respondent-selection';
import type { DraftRow } from '../../../offline/database.ts';
import { Options } from '../parts/Options.tsx';
import { QuotaHint } from '../parts/QuotaHints.tsx';
import type { InterviewSession } from './interview-session.ts';

interface Props {
  session: InterviewSession;
  method: SelectionMethod;
  draft: DraftRow;
}

const youngest = 18;
const oldest = 120;

/** Who of the household is asked: its adults by sex and age only, then the method's choice and nobody else's. */
export function SelectionPanel({ session, method, draft }: Props) {
  const { t } = useTranslation('field');
  // Fixes the Kish table of this household: listing it again chooses the same place.
  const seed = `${draft.assignmentId}/${draft.household}`;
  const [adults, setAdults] = useState<readonly Adult[]>(session.roster());
  const [position, setPosition] = useState<number | null>(null);
  const numbered = numberedAdults(adults);
  const nameOf = ({ sex, age }: Adult, place: number) =>
    `${place + 1}. ${t(`selection.${sex}`, { age })}`;
  const list = (next: readonly Adult[]) => {
    setAdults(next);
    setPosition(null);
    session.list(next);
  };
  const selection = chosen(method, numbered.length, seed, position);
  const respondent = selection && numbered[selection.position - 1];
  return (
    <section className="seal stack">
      <h2>{t('selection.title', { number: draft.household ?? 1 })}</h2>
      <p>{t('selection.lead')}</p>
      {numbered.length > 0 && (
        <ol className="roster">
          {numbered.map((adult, place) => (
            <li key={place}>
              <span>{nameOf(adult, place)}</span>
              <button
                type="button"
                className="quiet"
                aria-label={t('selection.remove', { adult: nameOf(adult, place) })}
                onClick={() => list(numbered.toSpliced(place, 1))}
              >
                {t('selection.removeShort')}
              </button>
            </li>
          ))}
        </ol>
      )}
      {numbered.length < 30 && <AddAdult onAdd={(adult) => list([...adults, adult])} />}
      {method === 'last-birthday' && numbered.length > 1 && (
        <Options
          legend={t('selection.lastBirthday')}
          chosen={position === null ? null : String(position)}
          options={numbered.map(
            (adult, place) => [String(place + 1), nameOf(adult, place)] as const,
          )}
          onChoose={(place) => setPosition(Number(place))}
        />
      )}
      {/* Under the thumb, but not over those who may be chosen. */}
      <div className={selection ? 'bottom-actions' : 'stack'}>
        {respondent && (
          <div role="status">
            <p className="selected">
              {t('selection.ask')}{' '}
              <strong>{t(`selection.${respondent.sex}`, { age: respondent.age })}</strong>
            </p>
            <QuotaHint
              interviewerId={draft.interviewerId}
              assignmentId={draft.assignmentId}
              respondent={respondent}
            />
          </div>
        )}
        <button
          type="button"
          className="primary"
          disabled={!selection}
          onClick={() => selection && session.choose(selection)}
        >
          {t('selection.begin')}
        </button>
        <button type="button" className="secondary" onClick={session.giveUp}>
          {t('contact.noInterview')}
        </button>
      </div>
    </section>
  );
}

/** @returns null while it is not clear who it is */
function chosen(
  method: SelectionMethod,
  adults: number,
  seed: string,
  position: number | null,
): Selection | null {
  if (adults === 0) return null;
  if (method === 'kish') return selectByKish(adults, seed);
  const place = adults === 1 ? 1 : position;
  return place === null ? null : { method, adults, position: place };
}

function AddAdult({ onAdd }: { onAdd: (adult: Adult) => void }) {
  const { t } = useTranslation('field');
  const [age, setAge] = useState('');
  const years = Number(age);
  const valid = Number.isInteger(years) && years >= youngest && years <= oldest;
  const add = (sex: Adult['sex']) => {
    onAdd({ sex, age: years });
    setAge('');
  };
  return (
    <div className="add-adult">
      <label>
        {t('selection.age')}
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          value={age}
          onChange={(event) => setAge(event.target.value.replace(/\D/g, ''))}
        />
      </label>
      <button type="button" className="secondary" disabled={!valid} onClick={() => add('female')}>
        {t('selection.addWoman')}
      </button>
      <button type="button" className="secondary" disabled={!valid} onClick={() => add('male')}>
        {t('selection.addMan')}
      </button>
    </div>
  );
}
