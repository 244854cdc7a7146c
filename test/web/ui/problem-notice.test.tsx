import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import { ApiProblem } from '../../../web/src/lib/api-client.ts';
import { initI18n, setLocale } from '../../../web/src/lib/i18n.ts';
import { ProblemNotice } from '../../../web/src/ui/ProblemNotice.tsx';
import { theme } from '../../../web/src/ui/theme.ts';

const unreadable = 'this is not an .xlsx workbook that can be read; save it anew as .xlsx';

async function said(...paths: string[]): Promise<string | null> {
  await initI18n({
    faults: (locale) => import(`../../../web/src/lib/locales/${locale}/faults.json`),
  });
  await setLocale('en');
  const error = new ApiProblem({
    type: 'about:blank',
    title: 'Invalid input',
    status: 422,
    code: 'invalid_input',
    requestId: 'r',
    fields: paths.map((path) => ({ path, message: unreadable })),
  });
  const { getByRole } = render(
    <MantineProvider theme={theme}>
      <ProblemNotice error={error} withFields />
    </MantineProvider>,
  );
  return getByRole('alert').textContent;
}

describe('a notice of what the server found wrong', () => {
  it('is only that, where it is about a file as a whole', async () => {
    expect(await said('body.file')).toBe(unreadable);
  });

  it('names the places, where some of it is about a part', async () => {
    const words = await said('body.file', 'body.file.row 3.key');
    expect(words).toMatch(/Check the marked fields.*file .*file\.row 3\.key /);
  });
});
