import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { locales } from '@akimetr/api/contracts/common';
import type { Locale } from '@akimetr/api/contracts/common';
import { localeNames } from '../../../lib/i18n.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { useDoc } from '../model/designer-store.ts';
import { useLanguage } from '../model/working-language.ts';
import { Frame, type Device } from './Frame.tsx';
import { planOf } from './preview-survey.ts';
import { Scenarios } from './Scenarios.tsx';
import { usePreview } from './use-preview.ts';
import styles from './Preview.module.css';

/** The draft as the interviewer will see it, and recorded respondents who are asked it again. */
export function PreviewTab() {
  const { t } = useTranslation('designer');
  const doc = useDeferredValue(useDoc());
  const texts = useLanguage();
  const [language, setLanguage] = useState<Locale>(texts);
  const [device, setDevice] = useState<Device>('tablet');
  const { survey, restart } = usePreview(doc, language);
  const plan = useMemo(() => planOf(doc), [doc]);
  return (
    <div className={styles.columns}>
      <div>
        <div className={styles.tools}>
          <fieldset>
            <legend>{t('preview.device')}</legend>
            {(['tablet', 'phone'] as const).map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="device"
                  checked={one === device}
                  onChange={() => setDevice(one)}
                />{' '}
                {t(`preview.${one}`)}
              </label>
            ))}
          </fieldset>
          <fieldset>
            <legend>{t('preview.language')}</legend>
            {locales.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="preview-language"
                  checked={one === language}
                  onChange={() => setLanguage(one)}
                />{' '}
                {localeNames[one]}
              </label>
            ))}
          </fieldset>
          <button type="button" onClick={() => restart({})}>
            {t('preview.again')}
          </button>
        </div>
        {survey ? (
          <Frame survey={survey} device={device} label={t('preview.frame')} />
        ) : (
          <Notice tone="danger" role="alert">
            <p>{t('preview.broken')}</p>
          </Notice>
        )}
      </div>
      {survey && (
        <Scenarios doc={doc} plan={plan} survey={survey} language={language} onOpen={restart} />
      )}
    </div>
  );
}
