import { PasswordInput } from '@mantine/core';
import type { PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A password, with a word (not an eye) that shows it. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('common');
  return (
    <PasswordInput
      aria-invalid={Boolean(props.error)}
      rightSectionWidth={92}
      visibilityToggleIcon={Toggle}
      visibilityToggleButtonProps={{
        'aria-label': t('password.toggle'),
        w: 84,
        tabIndex: 0,
      }}
      {...props}
    />
  );
}

function Toggle({ reveal }: { reveal: boolean }) {
  const { t } = useTranslation('common');
  return (
    <span style={{ fontSize: '0.8125rem' }}>{t(reveal ? 'password.hide' : 'password.show')}</span>
  );
}
