import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { levels } from '@akimetr/api/contracts/common';
import type { Level, VersionRef } from '@akimetr/api/contracts/common';
import { listMethodologies } from '@akimetr/api/contracts/methodologies';
import { listQuestionnaires } from '@akimetr/api/contracts/questionnaires';
import { createWave, listWaves } from '@akimetr/api/contracts/waves';
import { ApiProblem } from '../../lib/api-client.ts';
import { useApi, useCommand } from '../../lib/api-hooks.ts';
import { useContractForm } from '../../lib/contract-form.ts';
import { localText, localeNames, locales } from '../../lib/i18n.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

const empty = {
  code: '',
  name: { kk: '', ru: '', en: '' },
  questionnaires: [] as (VersionRef & { level: Level })[],
  methodology: { code: '', version: 0 },
  opensOn: '',
  closesOn: '',
};

const keyOf = ({ code, version }: VersionRef) => `${code}@${version}`;

/** A new wave, a draft until it is locked: its name, days, methodology, and a questionnaire for each level surveyed. */
export function NewWaveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['office', 'common']);
  const questionnaires = useApi(listQuestionnaires, {}).data?.questionnaires ?? [];
  const methodologies = useApi(listMethodologies, {}).data?.methodologies ?? [];
  const create = useCommand(createWave, [listWaves]);
  const fields = useContractForm(createWave.body, empty);
  const { values } = fields;
  const taken = create.error instanceof ApiProblem && create.error.code === 'conflict';
  const submit = () => {
    const body = fields.check();
    if (body) create.mutate({ body }, { onSuccess: onClose, onError: fields.markFrom() });
  };
  const chooseQuestionnaire = (level: Level, key: string) => {
    const others = values.questionnaires.filter((one) => one.level !== level);
    const chosen = questionnaires.find((one) => keyOf(one) === key);
    const added = chosen ? [{ level, code: chosen.code, version: chosen.version }] : [];
    fields.set({ questionnaires: [...others, ...added] });
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={t('waves.create')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          {locales.map((locale) => (
            <TextInput
              key={locale}
              lang={locale}
              label={t('waves.nameIn', { language: localeNames[locale] })}
              value={values.name[locale]}
              onChange={(event) =>
                fields.set({ name: { ...values.name, [locale]: event.currentTarget.value } })
              }
              error={fields.faulty(`name.${locale}`) && t('rules.required')}
            />
          ))}
          <TextInput
            label={t('waves.code')}
            description={!fields.faulty('code') && t('rules.code')}
            value={values.code}
            onChange={(event) => fields.set({ code: event.currentTarget.value })}
            error={fields.faulty('code') && t(taken ? 'waves.codeTaken' : 'rules.code')}
          />
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label={t('waves.opensOn')}
              value={values.opensOn}
              onChange={(event) => fields.set({ opensOn: event.currentTarget.value })}
              error={fields.faulty('opensOn') && t('rules.required')}
            />
            <TextInput
              type="date"
              label={t('waves.closesOn')}
              value={values.closesOn}
              onChange={(event) => fields.set({ closesOn: event.currentTarget.value })}
              error={fields.faulty('closesOn') && t('rules.closesOn')}
            />
          </Group>
          <NativeSelect
            label={t('waves.methodology')}
            value={values.methodology.code && keyOf(values.methodology)}
            onChange={({ currentTarget: { value } }) => {
              const chosen = methodologies.find(({ methodology }) => keyOf(methodology) === value);
              const { code, version } = chosen?.methodology ?? empty.methodology;
              fields.set({ methodology: { code, version } });
            }}
            data={[
              { value: '', label: t('waves.choose') },
              ...methodologies.map(({ methodology }) => ({
                value: keyOf(methodology),
                label: `${localText(methodology.name)} (${methodology.version})`,
              })),
            ]}
            error={fields.faulty('methodology') && t('rules.required')}
          />
          {levels.map((level) => {
            const now = values.questionnaires.find((one) => one.level === level);
            return (
              <NativeSelect
                key={level}
                label={t('waves.questionnaireOf', { level: t(`common:levelsShort.${level}`) })}
                value={now ? keyOf(now) : ''}
                onChange={(event) => chooseQuestionnaire(level, event.currentTarget.value)}
                data={[
                  { value: '', label: t('waves.notSurveyed') },
                  ...questionnaires
                    .filter((one) => one.retired === null && one.levels.includes(level))
                    .map((one) => ({
                      value: keyOf(one),
                      label: `${localText(one.title)} (${one.version})`,
                    })),
                ]}
              />
            );
          })}
          {fields.faulty('questionnaires') && (
            <p role="alert" style={{ margin: 0, color: 'var(--danger-ink)' }}>
              {t('rules.questionnaires')}
            </p>
          )}
          {!taken && <ProblemNotice error={create.error} withFields />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:actions.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('waves.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
