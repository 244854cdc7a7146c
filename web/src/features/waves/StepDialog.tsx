import { useTranslation } from 'react-i18next';
import { listPublications } from '@akimetr/api/contracts/publications';
import { getRanking } from '@akimetr/api/contracts/rankings';
import { listWaves } from '@akimetr/api/contracts/waves';
import type { Wave } from '@akimetr/api/contracts/waves';
import { useCommand } from '../../lib/api-hooks.ts';
import { localText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { stepCall } from './wave-steps.ts';
import type { WaveStep } from './wave-steps.ts';

interface Props {
  step: WaveStep;
  wave: Wave;
  onClose: () => void;
}

/** Asks before a step that is never taken back, and names what follows from it. */
export function StepDialog({ step, wave, onClose }: Props) {
  const { t } = useTranslation('office');
  const { operation, options } = stepCall(step, wave);
  const take = useCommand<typeof operation>(operation, [listWaves, listPublications, getRanking]);
  return (
    <ConfirmDialog
      opened
      title={t(`waves.steps.${step}.title`, { name: localText(wave.name) })}
      confirm={t(`waves.steps.${step}.do`)}
      busy={take.isPending}
      error={take.error}
      onConfirm={() => take.mutate(options as never, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t(`waves.steps.${step}.consequence`)}
    </ConfirmDialog>
  );
}
