import { useId } from 'react';
import { Button, Group, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { IndicatorFigures } from '@akimetr/api/contracts/rankings';
import { formatShare } from '../../../lib/formats.ts';
import { localText } from '../../../lib/i18n.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { publishedImportances, sharesOf } from './importances.ts';
import styles from './WhatIf.module.css';

interface Props {
  figures: UseQueryResult<IndicatorFigures>;
  /** Null until the figures have come. */
  importances: readonly number[] | null;
  /** While a slider moves: the ranking follows. */
  setImportances: (importances: readonly number[]) => void;
  /** When it rests: the address keeps it. */
  onRest: (importances: readonly number[]) => void;
  onLeave: () => void;
}

/** Other importances: the sentence that none of this is published, and a slider for each indicator. */
export function WhatIfPanel({ figures, importances, setImportances, onRest, onLeave }: Props) {
  const { t } = useTranslation('office');
  const title = useId();
  const indicators = figures.data?.indicators;
  const set = (all: readonly number[]) => {
    setImportances(all);
    onRest(all);
  };
  return (
    <section className={styles.panel} aria-labelledby={title}>
      <Title order={2} id={title} size="h3">
        {t('whatIf.title')}
      </Title>
      <Notice tone="warning" role="note">
        <p>
          <strong>{t('whatIf.notPublished')}</strong> {t('whatIf.lead')}
        </p>
      </Notice>
      <ProblemNotice error={figures.error} onRetry={() => void figures.refetch()} />
      {figures.isPending && <p role="status">{t('whatIf.loading')}</p>}
      {indicators && importances && (
        <Sliders {...{ indicators, importances, onRest, onMove: setImportances }} />
      )}
      <Group gap="sm" className="no-print">
        <Button onClick={onLeave}>{t('whatIf.leave')}</Button>
        {indicators && (
          <>
            <Button variant="default" onClick={() => set(publishedImportances(indicators))}>
              {t('whatIf.reset')}
            </Button>
            <Button variant="default" onClick={() => set(indicators.map(() => 10))}>
              {t('whatIf.equal')}
            </Button>
          </>
        )}
      </Group>
    </section>
  );
}

interface SlidersProps {
  indicators: IndicatorFigures['indicators'];
  importances: readonly number[];
  onMove: (importances: readonly number[]) => void;
  onRest: (importances: readonly number[]) => void;
}

function Sliders({ indicators, importances, onMove, onRest }: SlidersProps) {
  const shares = sharesOf(importances);
  const greatest = Math.max(30, ...publishedImportances(indicators), ...importances);
  return (
    <div className={styles.sliders}>
      {indicators.map(({ code, name, block }, place) => {
        const share = formatShare(Math.round(shares[place]! * 1000) / 1000);
        const [own, ofBlock] = [localText(name), localText(block)];
        return (
          <label key={code} className={styles.slider}>
            <span className={styles.name}>
              {own}
              {ofBlock !== own && <span className={styles.block}>{ofBlock}</span>}
            </span>
            <span className={`${styles.share} numeric`}>{share}</span>
            <input
              type="range"
              min={0}
              max={greatest}
              step={0.5}
              value={importances[place]}
              aria-valuetext={share}
              onChange={(event) =>
                onMove(importances.with(place, event.currentTarget.valueAsNumber))
              }
              onPointerUp={() => onRest(importances)}
              onKeyUp={() => onRest(importances)}
            />
          </label>
        );
      })}
    </div>
  );
}
