import { useState } from 'react';
import { Button, NativeSelect, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { listAkims } from '@akimetr/api/contracts/akims';
import type { Akim } from '@akimetr/api/contracts/akims';
import {
  createAssignments,
  listAssignments,
  listInterviewers,
  settlement as settlementSchema,
} from '@akimetr/api/contracts/assignments';
import { listWaves } from '@akimetr/api/contracts/waves';
import { akimPlace } from '../../lib/akim-place.ts';
import { useApi, useCommand } from '../../lib/api-hooks.ts';
import { useContractForm } from '../../lib/contract-form.ts';
import { localText } from '../../lib/i18n.ts';
import { useRegionChoices } from '../../lib/regions.ts';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { takesWork, waveWithWork } from './assignment-waves.ts';
import styles from './Assignments.module.css';

type Settlement = (typeof settlementSchema.options)[number];
const oneAssignment = createAssignments.body.shape.assignments.element;
const empty = {
  akimId: '',
  interviewer: '',
  samplingPoint: {
    ...{ code: '', name: '', stratum: '', settlement: 'rural' as Settlement },
    clustersInPopulation: undefined as number | undefined,
  },
  baseWeight: '' as number | string,
  targetInterviews: '' as number | string,
};

/** One piece of work: an akim, a sampling point, an interviewer, how many interviews. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const [params] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 300);
  const waves = useApi(listWaves, {});
  const wave = waveWithWork(waves.data?.waves ?? [], params.get('wave') ?? '');
  const akims = useApi(
    listAkims,
    { query: { limit: 30, ...(search && { search }) } },
    { keep: true },
  );
  const interviewers = useApi(listInterviewers, {});
  const create = useCommand(createAssignments, [listAssignments]);
  const fields = useContractForm(oneAssignment, empty);
  const { values } = fields;
  const point = values.samplingPoint;
  const setPoint = (patch: Partial<typeof point>) =>
    fields.set({ samplingPoint: { ...point, ...patch } });
  const regionNames = new Map(useRegionChoices().map(({ value, label }) => [value, label]));
  const placeOf = ({ name, territoryName, region }: Akim) =>
    akimPlace(localText(name), localText(territoryName), regionNames.get(region) ?? '');
  const chosenAkim = akims.data?.akims.find(({ id }) => id === values.akimId);
  const submit = () => {
    if (!fields.check() || !wave) return;
    const assignments = [oneAssignment.parse(values)];
    create.mutate(
      { body: { waveId: wave.id, assignments } },
      {
        // The next point is likely for the same akim and interviewer.
        onSuccess: () =>
          fields.set({ samplingPoint: { ...point, code: '', name: '' }, baseWeight: '' }),
        onError: fields.markFrom('body.assignments.0'),
      },
    );
  };
  return (
    <>
      <PageHeader
        title={t('assignments.create')}
        lead={wave && localText(wave.name)}
        back={<Link to={`/assignments?${params.toString()}`}>← {t('assignments.title')}</Link>}
      />
      {wave && !takesWork(wave) && <EmptyNote title={t('assignments.noneClosed')} />}
      <form
        noValidate
        hidden={!takesWork(wave)}
        className={styles.sheet}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="lg">
          <Select
            label={t('assignments.akim')}
            placeholder={t('akims.searchHint')}
            searchable
            value={values.akimId || null}
            searchValue={typed}
            onSearchChange={setTyped}
            onChange={(akimId) => fields.set({ akimId: akimId ?? '', interviewer: '' })}
            data={(akims.data?.akims ?? []).map((akim) => ({
              value: akim.id,
              label: `${localText(akim.name)}, ${placeOf(akim)}`,
            }))}
            filter={({ options }) => options}
            nothingFoundMessage={t('lists.nothingFound')}
            error={fields.faulty('akimId') && t('rules.akim')}
          />
          <NativeSelect
            label={t('assignments.interviewer')}
            value={values.interviewer}
            onChange={(event) => fields.set({ interviewer: event.currentTarget.value })}
            data={[
              { value: '', label: t('waves.choose') },
              ...(interviewers.data?.interviewers ?? [])
                .filter(({ regions }) => !chosenAkim || regions.includes(chosenAkim.region))
                .map(({ login, name }) => ({ value: login, label: `${name} (${login})` })),
            ]}
            error={fields.faulty('interviewer') && t('rules.interviewer')}
          />
          <fieldset className={styles.point}>
            <legend>{t('assignments.point')}</legend>
            <TextInput
              label={t('assignments.pointName')}
              value={point.name}
              onChange={(event) => setPoint({ name: event.currentTarget.value })}
              error={fields.faulty('samplingPoint.name') && t('rules.required')}
            />
            <TextInput
              label={t('assignments.pointCode')}
              description={t('rules.pointCode')}
              value={point.code}
              onChange={(event) => setPoint({ code: event.currentTarget.value })}
              error={fields.faulty('samplingPoint.code') && t('rules.pointCodeWrong')}
            />
            <TextInput
              label={t('assignments.stratum')}
              value={point.stratum}
              onChange={(event) => setPoint({ stratum: event.currentTarget.value })}
              error={fields.faulty('samplingPoint.stratum') && t('rules.required')}
            />
            <NumberInput
              label={t('estimation.points.clusters')}
              description={t('estimation.points.clustersHint')}
              hideControls
              min={1}
              max={1_000_000}
              allowDecimal={false}
              value={point.clustersInPopulation ?? ''}
              onChange={(clusters) =>
                setPoint({
                  clustersInPopulation: typeof clusters === 'number' ? clusters : undefined,
                })
              }
            />
            <NativeSelect
              label={t('assignments.settlement')}
              value={point.settlement}
              onChange={(event) =>
                setPoint({ settlement: event.currentTarget.value as Settlement })
              }
              data={settlementSchema.options.map((value) => ({
                value,
                label: t(`common:settlements.${value}`),
              }))}
            />
          </fieldset>
          <NumberInput
            label={t('assignments.baseWeight')}
            description={t('rules.baseWeight')}
            hideControls
            min={0}
            decimalSeparator={t('assignments.decimal')}
            value={values.baseWeight}
            onChange={(baseWeight) => fields.set({ baseWeight })}
            error={fields.faulty('baseWeight') && t('rules.baseWeightWrong')}
          />
          <NumberInput
            label={t('assignments.target')}
            hideControls
            min={1}
            max={1000}
            allowDecimal={false}
            value={values.targetInterviews}
            onChange={(targetInterviews) => fields.set({ targetInterviews })}
            error={fields.faulty('targetInterviews') && t('rules.target')}
          />
          {create.isSuccess && (
            <Notice tone="good" role="status">
              <p>{t('assignments.created')}</p>
            </Notice>
          )}
          <ProblemNotice error={create.error} />
          <div>
            <Button type="submit" loading={create.isPending}>
              {t('assignments.create')}
            </Button>
          </div>
        </Stack>
      </form>
    </>
  );
}
