import { useState } from 'react';
import type { ComponentProps } from 'react';
import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from './ConfirmDialog.tsx';

interface Props extends Omit<
  ComponentProps<typeof ConfirmDialog>,
  'opened' | 'children' | 'onConfirm'
> {
  /** What will be true afterwards. */
  consequence: string;
  /** Whether the server would take it as a reason. */
  isReason: (text: string) => boolean;
  onDecide: (reason: string) => void;
}

/** A person decides, and writes down why. */
export function DecisionDialog({ consequence, isReason, onDecide, ...rest }: Props) {
  const { t } = useTranslation('office');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const isGiven = isReason(reason);
  const decide = () => {
    setAsked(true);
    if (isGiven) onDecide(reason.trim());
  };
  return (
    <ConfirmDialog opened {...rest} onConfirm={decide}>
      <p>{consequence}</p>
      <Textarea
        data-autofocus
        label={t('decision.reason')}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        error={asked && !isGiven && t('decision.reasonNeeded')}
      />
    </ConfirmDialog>
  );
}
