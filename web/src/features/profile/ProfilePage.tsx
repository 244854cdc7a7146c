import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { getProfile } from '@akimetr/api/contracts/rankings';
import { listWaves } from '@akimetr/api/contracts/waves';
import { useApi } from '../../lib/api-hooks.ts';
import { ApiProblem } from '../../lib/problems.ts';
import { localText } from '../../lib/i18n.ts';
import { waveShown } from '../../lib/waves.ts';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import { Change } from './Change.tsx';
import { Facts } from './Facts.tsx';
import { Indicators } from './Indicators.tsx';
import { Place } from './Place.tsx';
import { CalibrationNote, Weighting } from './Weighting.tsx';

/** One akim in one wave: place, score, indicators, and how the office was taken. */
export function Page() {
  const { t } = useTranslation('office');
  const { akimId = '' } = useParams();
  const [params] = useSearchParams();
  const asked = params.get('wave') ?? '';
  const waves = useApi(listWaves, {}, { enabled: asked === '' });
  const wave = asked || (waveShown(waves.data?.waves ?? [], '')?.id ?? '');
  const profile = useApi(
    getProfile,
    { params: { akimId }, query: { wave } },
    { enabled: wave !== '' },
  );
  const ranking = params.toString();
  const back = <Link to={`/rankings${ranking && `?${ranking}`}`}>← {t('profile.back')}</Link>;
  const { data } = profile;
  const error = waves.error ?? profile.error;
  if (waves.data && wave === '') {
    return (
      <>
        <PageHeader title={t('profile.title')} back={back} />
        <EmptyNote title={t('rankings.noWaves')} />
      </>
    );
  }
  if (!data) {
    return (
      <>
        <PageHeader title={t('profile.title')} back={back} />
        <Without error={error} onRetry={() => void profile.refetch()} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={localText(data.akim.name)}
        lead={`${[...new Set([localText(data.place.territoryName), localText(data.place.regionName)])].join(', ')}. ${localText(data.waveName)}.`}
        back={back}
      />
      {data.basis === 'unpublished' && (
        <Notice tone="warning" role="note">
          <p>{t('rankings.unpublished')}</p>
        </Notice>
      )}
      <Place profile={data} />
      <Change profile={data} />
      <CalibrationNote profile={data} />
      <Indicators profile={data} />
      {data.weighting && <Weighting weighting={data.weighting} />}
      <Facts akim={data.akim} />
    </>
  );
}

/** No profile: it is under way, the akim has no figures in this wave, or something went wrong. */
function Without({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('office');
  if (!error) return <TableSkeleton rows={8} />;
  if (error instanceof ApiProblem && error.code === 'not_found') {
    return <EmptyNote title={t('profile.noFigures')}>{t('profile.noFiguresWhy')}</EmptyNote>;
  }
  return <ProblemNotice error={error} onRetry={onRetry} />;
}
