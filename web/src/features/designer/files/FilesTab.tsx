import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  getQuestionnaireFile,
  listQuestionnaires,
  type QuestionnaireFile,
} from '@akimetr/api/contracts/questionnaires';
import { addressOf } from '../../../lib/api-client.ts';
import { useApi } from '../../../lib/api-hooks.ts';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { DraftFileButton } from './DraftFileButton.tsx';
import { XlsFormLosses } from './XlsFormLosses.tsx';
import fields from '../Fields.module.css';
import styles from './Files.module.css';

const groups = [
  {
    id: 'form',
    files: { formKk: 'form-kk.pdf', formRu: 'form-ru.pdf', formEn: 'form-en.pdf' },
  },
  { id: 'codebook', files: { xlsx: 'codebook.xlsx' } },
  { id: 'strings', files: { xlsx: 'strings.xlsx' } },
  { id: 'xlsform', files: { xlsx: 'xlsform.xlsx' } },
  { id: 'json', files: { json: 'questionnaire.json' } },
] as const;
type Name = 'formKk' | 'formRu' | 'formEn' | 'xlsx' | 'json';

/** Files made of the questionnaire: of the draft, or of any published version. */
export function FilesTab() {
  const { t } = useTranslation('designer');
  const { code } = useDraft();
  const [of, setOf] = useState<'draft' | number>('draft');
  const { data, error, refetch } = useApi(listQuestionnaires, {});
  const versions = (data?.questionnaires ?? []).filter((one) => one.code === code);
  return (
    <div className={styles.files}>
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      <label className={styles.of}>
        <span>{t('files.of')}</span>
        <select
          className={fields.select}
          value={of}
          onChange={({ target: { value } }) => setOf(value === 'draft' ? value : Number(value))}
        >
          <option value="draft">{t('versions.draft')}</option>
          {versions.map(({ version }) => (
            <option key={version} value={version}>
              {t('versions.numbered', { version })}
            </option>
          ))}
        </select>
      </label>
      <ul className={styles.list}>
        {groups.map(({ id, files }) => (
          <li key={id}>
            <h2>{t(`files.${id}.title`)}</h2>
            <p>{t(`files.${id}.what`)}</p>
            <div className={styles.buttons}>
              {(Object.entries(files) as [Name, QuestionnaireFile][]).map(([name, file]) =>
                of === 'draft' ? (
                  <DraftFileButton key={file} file={file}>
                    {t(`files.names.${name}`)}
                  </DraftFileButton>
                ) : (
                  <a
                    key={file}
                    download
                    href={addressOf(getQuestionnaireFile, { params: { code, version: of, file } })}
                  >
                    {t(`files.names.${name}`)}
                  </a>
                ),
              )}
            </div>
            {id === 'xlsform' && <XlsFormLosses of={of} />}
          </li>
        ))}
      </ul>
    </div>
  );
}
