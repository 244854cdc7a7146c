import { useTranslation } from 'react-i18next';
import { currentLocale, setLocale } from '../../../lib/i18n.ts';
import type { OutboxRow } from '../../../offline/database.ts';
import type { FieldRoute } from '../state/field-address.ts';
import { goTo } from '../state/field-route.ts';
import { ConnectionStrip } from './ConnectionStrip.tsx';
import { LanguageSegments } from './LanguageSegments.tsx';

interface Props {
  /** Where "back" leads; none on the first screen. */
  back?: FieldRoute;
  /** Null where nobody is signed in: then there is nothing to count. */
  outbox: readonly OutboxRow[] | null;
}

/** Top of every screen but the interview: the way back, the language, the connection. */
export function FieldBar({ back, outbox }: Props) {
  const { t } = useTranslation(['field', 'common']);
  return (
    <header className="bar">
      <div className="bar-row">
        {back ? (
          <button type="button" className="bar-back" onClick={() => goTo(back)}>
            <span aria-hidden="true">←</span> {t('common:actions.back')}
          </button>
        ) : (
          <span className="bar-mark">Akimetr</span>
        )}
        <LanguageSegments
          label={t('common:language')}
          chosen={currentLocale()}
          onChoose={(locale) => void setLocale(locale)}
        />
      </div>
      <ConnectionStrip outbox={outbox} />
    </header>
  );
}
