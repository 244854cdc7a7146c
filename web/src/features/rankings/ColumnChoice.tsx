import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { columnsOn, extraColumns } from './extra-columns.ts';

interface Props {
  /** Names of the columns turned on, as they stand in the address. */
  asked: string;
  onChange: (asked: string) => void;
}

/** Turns columns on that few readers need. */
export function ColumnChoice({ asked, onChange }: Props) {
  const { t } = useTranslation('office');
  const on = columnsOn(asked);
  const toggle = (name: (typeof extraColumns)[number], wanted: boolean) =>
    onChange(extraColumns.filter((one) => (one === name ? wanted : on.includes(one))).join(','));
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" className="no-print">
          {t('estimation.ranking.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {extraColumns.map((name) => (
            <Checkbox
              key={name}
              label={t(name === 'change' ? 'changes.column' : `estimation.ranking.${name}`)}
              checked={on.includes(name)}
              onChange={(event) => toggle(name, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
