import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Page } from '../../../web/src/features/tablet-help/TabletHelpPage.tsx';
import { aSession, meta, network, openOffice, Refusal, screenWidth } from '../support/office.tsx';

const interviewerId = '00000000-0000-4000-8000-000000000001';
const world = (role: 'supervisor' | 'administrator') => ({
  'GET /meta': meta,
  'GET /session': aSession(role, role === 'supervisor' ? ['150000000'] : []),
  'GET /interviewers': {
    interviewers: [{ id: interviewerId, login: 'aigul', name: 'Aigul', regions: ['150000000'] }],
  },
});
const receipt = (status: string, reasons?: { code: string; fields: never[] }[]) => ({
  id: interviewerId,
  status,
  hash: 'a'.repeat(64),
  receivedAt: '2026-11-22T10:00:00Z',
  reasons,
});
const rescued = (deviceSequence: number, found: ReturnType<typeof receipt> | null) => ({
  id: `00000000-0000-4000-8000-00000000001${deviceSequence}`,
  deviceSequence,
  receipt: found,
});

async function upload(text: string) {
  const file = new File([text], 'akimetr-rescue.json', { type: 'application/json' });
  // jsdom's files cannot be read as text.
  Object.assign(file, { text: () => Promise.resolve(text) });
  const field = document.querySelector<HTMLInputElement>('input[type="file"]')!;
  await userEvent.upload(field, file);
}

beforeEach(() => screenWidth(1280));

describe('a rescue file', () => {
  it('is handed to the server as it is, and each interview has its outcome in words', async () => {
    const asked = network({
      ...world('supervisor'),
      'POST /rescue': {
        interviews: [
          rescued(4, receipt('stored')),
          rescued(5, receipt('duplicate')),
          rescued(6, receipt('quarantined', [{ code: 'wave_not_open', fields: [] }])),
          rescued(7, null),
        ],
        contacts: [
          { id: interviewerId, receipt: { id: interviewerId, status: 'stored', hash: null } },
          { id: interviewerId, receipt: null },
        ],
        drafts: [{ id: interviewerId, status: 'kept' }],
      },
    });
    await openOffice({ '/tablet-help': Page }, '/tablet-help');
    await screen.findByRole('button', { name: 'Choose the file' });
    await upload('{"form":"akimetr-rescue-1"}');
    expect(await screen.findByText('The server holds 2 of 4 interviews.')).toBeVisible();
    expect(screen.getByText('Contact attempts in the file: 2; the server holds 1.')).toBeVisible();
    expect(
      screen.getByText(/Unfinished interviews in the file: 1; kept for a check: 1/),
    ).toBeVisible();
    const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
    expect(rows[2]).toHaveTextContent('The wave is not open');
    expect(rows[3]).toHaveTextContent('Damaged in the file; it is still on the tablet');
    expect(asked.find(({ path }) => path === '/rescue')?.body).toBe('{"form":"akimetr-rescue-1"}');
  });

  it('that is cut off is not sent at all', async () => {
    const asked = network(world('supervisor'));
    await openOffice({ '/tablet-help': Page }, '/tablet-help');
    await screen.findByRole('button', { name: 'Choose the file' });
    await upload('{"form":"akimetr-resc');
    expect(await screen.findByRole('alert')).toHaveTextContent('The file is not whole');
    expect(asked.filter(({ path }) => path === '/rescue')).toEqual([]);
  });

  it('of another server is refused in words', async () => {
    const refusal = new Refusal(422, 'made_for_another_server');
    network({ ...world('administrator'), 'POST /rescue': refusal });
    await openOffice({ '/tablet-help': Page }, '/tablet-help');
    await screen.findByRole('button', { name: 'Choose the file' });
    await upload('{}');
    expect(await screen.findByRole('alert')).toHaveTextContent('encrypted for another server');
    expect(screen.queryByText('A forgotten PIN')).toBeNull();
  });
});

describe('a forgotten PIN', () => {
  it('gets a code, shown in two halves and with its end', async () => {
    const asked = network({
      ...world('supervisor'),
      'POST /pin-resets': { code: '01234567', expiresAt: '2026-11-22T10:15:00Z' },
    });
    await openOffice({ '/tablet-help': Page }, '/tablet-help');
    await screen.findByRole('option', { name: 'Aigul (aigul)' });
    await userEvent.selectOptions(screen.getByLabelText('Interviewer'), interviewerId);
    await userEvent.click(screen.getByRole('button', { name: 'Make a code' }));
    expect(await screen.findByText('0123 4567')).toBeVisible();
    expect(asked.at(-1)?.body).toBe(`{"interviewerId":"${interviewerId}"}`);
  });
});
