import { useState } from 'react';
import { Button, FileButton, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readTranslations } from '@akimetr/api/contracts/questionnaires';
import type { QuestionnaireText } from '@akimetr/api/domain/questionnaire-texts';
import { useCommand } from '../../../lib/api-hooks.ts';
import { localeNames } from '../../../lib/i18n.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { DraftFileButton } from '../files/DraftFileButton.tsx';
import { useDesignerStore } from '../model/designer-store.ts';
import { mainLanguageOf } from '@akimetr/api/domain/questionnaire-texts';
import { compareRows, withChanges, type Change, type Comparison } from './text-place.ts';
import { useTextName } from '../../../lib/text-name.ts';
import styles from './Languages.module.css';

interface Props {
  texts: readonly QuestionnaireText[];
}

/** The translators' workbook, out and back in: what it would change is shown before it is taken over in one step. */
export function Translators({ texts }: Props) {
  const { t } = useTranslation(['designer', 'common']);
  const store = useDesignerStore();
  const [name, setName] = useState('');
  const [applied, setApplied] = useState(0);
  const read = useCommand(readTranslations);
  const choose = async (file: File | null) => {
    if (!file) return;
    setName(file.name);
    read.mutate({ body: { file: new Uint8Array(await file.arrayBuffer()) } });
  };
  const compared = read.data && compareRows(texts, read.data.rows);
  const close = () => {
    read.reset();
    setName('');
  };
  const apply = ({ changes }: Comparison) => {
    store.change(withChanges(store.doc(), changes, mainLanguageOf(store.doc())));
    setApplied(changes.length);
    close();
  };
  return (
    <>
      <DraftFileButton file="strings.xlsx">{t('languages.download')}</DraftFileButton>
      <FileButton accept=".xlsx" onChange={(file) => void choose(file)}>
        {(props) => (
          <Button {...props} variant="default" size="compact-sm" loading={read.isPending}>
            {t('languages.upload')}
          </Button>
        )}
      </FileButton>
      <span role="status" className={styles.applied}>
        {applied > 0 && t('languages.applied', { count: applied })}
      </span>
      <Modal
        opened={Boolean(compared ?? read.error)}
        onClose={close}
        size="xl"
        title={t('languages.workbook', { name })}
      >
        <Stack>
          <ProblemNotice error={read.error} withFields />
          {compared && <Report {...compared} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t(compared?.changes.length ? 'common:actions.cancel' : 'common:actions.close')}
            </Button>
            {compared && compared.changes.length > 0 && (
              <Button onClick={() => apply(compared)}>
                {t('languages.apply', { count: compared.changes.length })}
              </Button>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function Report({ changes, unknown, same }: Comparison) {
  const { t } = useTranslation('designer');
  const replaced = changes.filter(({ before }) => before !== null);
  return (
    <>
      <Notice tone={changes.length > 0 ? 'good' : 'plain'} role="status">
        <p>
          {t('languages.sums', {
            added: changes.length - replaced.length,
            replaced: replaced.length,
            same,
          })}
        </p>
      </Notice>
      {unknown.length > 0 && (
        <Notice tone="warning" role="alert">
          <p>{t('languages.unknown')}</p>
          <ul>
            {unknown.map(({ row, key }) => (
              <li key={row}>
                {t('languages.row', { row })}: <code>{key}</code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {replaced.length > 0 && (
        <section className={styles.replaced} tabIndex={0} aria-label={t('languages.replaced')}>
          <h3>{t('languages.replaced')}</h3>
          <ul>
            {replaced.map((change) => (
              <Replaced key={`${change.text.key} ${change.language}`} change={change} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Replaced({ change: { text, language, before, after } }: { change: Change }) {
  const { t } = useTranslation('office');
  const what = useTextName()(text.property);
  return (
    <li>
      <span className="soft">
        {text.question ?? text.page ?? t('questionnaires.whole')} · {what} · {localeNames[language]}
      </span>
      <br />
      <del lang={language}>{before}</del> → <ins lang={language}>{after}</ins>
    </li>
  );
}
