import { useTranslation } from 'react-i18next';
import type { AssignmentProgress } from '../state/assignment-progress.ts';

/** Target, taken, held by the server: three figures with their words. */
export function ProgressFigures({ progress }: { progress: AssignmentProgress }) {
  const { t } = useTranslation('field');
  const figures = [
    ['target', progress.target],
    ['taken', progress.taken],
    ['heldByServer', progress.heldByServer],
  ] as const;
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`assignment.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
