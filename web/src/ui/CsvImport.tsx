import { useState } from 'react';
import { Button, FileButton, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { importAkims } from '@akimetr/api/contracts/akims';
import type { Operation } from '@akimetr/api/contracts/operation';
import type { importTargets } from '@akimetr/api/contracts/targets';
import type { importTerritories } from '@akimetr/api/contracts/territories';
import { ApiProblem } from '../lib/api-client.ts';
import { useCommand } from '../lib/api-hooks.ts';
import { saveFile } from '../lib/download.ts';
import { ImportReportView } from './ImportReportView.tsx';
import { Notice } from './Notice.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

interface Props {
  title: string;
  operation: typeof importTerritories | typeof importAkims | typeof importTargets;
  /** What the operation's path names. */
  params?: Record<string, string>;
  /** What is no longer right after an import. */
  refreshes: readonly Operation[];
  /** The header and an example, as the server reads them. */
  template: { name: string; columns: readonly string[]; example: readonly string[] };
  /** What a column must hold, in words. */
  ruleOf: (column: string) => string;
  onClose: () => void;
}

/** Import in two steps: the file is checked whole, row by row, and only a faultless one can be applied. */
export function CsvImport(props: Props) {
  const { title, refreshes, template, ruleOf, onClose, params } = props;
  // Every import takes a body and a query; which params its path has, its caller knows.
  const operation = props.operation as typeof importTerritories;
  const place: object = params ? { params } : {};
  const { t } = useTranslation('office');
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const check = useCommand(operation);
  const apply = useCommand(operation, refreshes);
  const choose = async (chosen: File | null) => {
    if (!chosen) return;
    const csv = await chosen.text();
    check.reset();
    apply.reset();
    // U+FFFD stands where a byte was not UTF-8: an old spreadsheet's own encoding.
    const broken = csv.includes('\uFFFD');
    setUnreadable(broken);
    setFile(broken ? null : { name: chosen.name, csv });
    if (!broken) check.mutate({ ...place, body: { csv }, query: { check: 'true' } });
  };
  const report = apply.data ?? check.data;
  const ready = file && check.data && check.data.faults.length === 0 && !apply.data;
  const templateText = `${template.columns.join(',')}\r\n${template.example.join(',')}\r\n`;
  return (
    <Modal opened onClose={onClose} title={title} size="xl">
      <Stack>
        <p style={{ margin: 0 }}>{t('import.lead')}</p>
        <Group>
          <FileButton accept=".csv,text/csv" onChange={(chosen) => void choose(chosen)}>
            {(props) => (
              <Button {...props} variant={ready ? 'default' : 'filled'} loading={check.isPending}>
                {t(file ? 'import.chooseOther' : 'import.choose')}
              </Button>
            )}
          </FileButton>
          <Button
            variant="default"
            onClick={() => saveFile(template.name, `\uFEFF${templateText}`)}
          >
            {t('import.template')}
          </Button>
        </Group>
        {file && <p style={{ margin: 0 }}>{t('import.file', { name: file.name })}</p>}
        {unreadable && (
          <Notice tone="danger" role="alert">
            <p>{t('import.notUtf8')}</p>
          </Notice>
        )}
        <FileProblem error={check.error ?? apply.error} />
        {report && <ImportReportView report={report} ruleOf={ruleOf} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('import.close')}
          </Button>
          {ready && (
            <Button
              loading={apply.isPending}
              onClick={() => apply.mutate({ ...place, body: { csv: file.csv }, query: {} })}
            >
              {t('import.apply', { count: check.data?.rows ?? 0 })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** Why the file as a whole could not be read: most often a column is missing. */
function FileProblem({ error }: { error: unknown }) {
  const { t } = useTranslation('office');
  const fields = error instanceof ApiProblem ? error.fields : [];
  const missing = fields.flatMap(({ path }) => /^csv\.1\.(.+)$/.exec(path)?.[1] ?? []);
  if (missing.length === 0) return <ProblemNotice error={error} withFields />;
  return (
    <Notice tone="danger" role="alert">
      <p>{t('import.missingColumns', { columns: missing.join(', ') })}</p>
    </Notice>
  );
}
