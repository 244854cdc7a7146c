import { useTranslation } from 'react-i18next';
import { cellOf } from '@akimetr/api/domain/quotas';
import type { Adult } from '@akimetr/api/domain/respondent-selection';
import { quotaOf } from '../../../offline/quota.ts';
import type { QuotaProgress } from '../../../offline/quota.ts';
import { useField } from '../state/field-services.ts';
import { useLiveQuery } from '../state/use-live-query.ts';

interface Props {
  interviewerId: string;
  assignmentId: string;
}

/** Null where there is no quota; undefined while it is read. */
function useQuota({ interviewerId, assignmentId }: Props) {
  const { db } = useField();
  return useLiveQuery(
    () => quotaOf(db, interviewerId, assignmentId),
    [db, interviewerId, assignmentId],
  );
}

const bandName = (age: string) => age.replace('-', '–');

/** Who was interviewed so far, of those wanted: to know at which hours to knock, and nothing more. */
export function QuotaTable(props: Props) {
  const { t } = useTranslation('field');
  const quota = useQuota(props);
  if (!quota) return null;
  const ages = [...new Set(quota.map(({ age }) => age))];
  const cell = (sex: QuotaProgress['sex'], age: string) =>
    quota.find((one) => one.sex === sex && one.age === age);
  return (
    <section className="quota">
      <h2>{t('quota.title')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('quota.age')}</th>
            <th scope="col">{t('quota.women')}</th>
            <th scope="col">{t('quota.men')}</th>
          </tr>
        </thead>
        <tbody>
          {ages.map((age) => (
            <tr key={age}>
              <th scope="row">{bandName(age)}</th>
              <Figure cell={cell('female', age)} />
              <Figure cell={cell('male', age)} />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">{t('quota.lead')}</p>
    </section>
  );
}

function Figure({ cell }: { cell: QuotaProgress | undefined }) {
  const { t } = useTranslation('field');
  if (!cell || cell.target + cell.taken === 0) return <td className="soft">–</td>;
  const { taken, target } = cell;
  return (
    <td className={taken >= target ? 'quota-full' : undefined}>
      {t('quota.ofTarget', { taken, target })}
    </td>
  );
}

/** How many like the respondent were interviewed so far. The choice of the respondent stands whatever it says. */
export function QuotaHint({ respondent, ...props }: Props & { respondent: Adult }) {
  const { t } = useTranslation('field');
  const quota = useQuota(props);
  const cell = quota?.[cellOf(quota, respondent)];
  if (!cell) return null;
  const { sex, age, taken, target } = cell;
  const values = { taken, target, age: bandName(age) };
  return (
    <p className="soft">
      {t(`quota.hint.${sex}`, values)}
      {taken >= target && <> {t('quota.allTheSame')}</>}
    </p>
  );
}
