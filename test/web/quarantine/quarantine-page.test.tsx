import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Quarantined } from '@akimetr/api/contracts/interviews';
import type { Role } from '@akimetr/api/contracts/roles';
import { Page } from '../../../web/src/features/quarantine/QuarantinePage.tsx';
import { aSession, meta, network, openOffice, Refusal, screenWidth } from '../support/office.tsx';

const id = (last: number) => `0b0e7a52-6f0c-4a53-9d5b-0a3a3c6b8a${String(last).padStart(2, '0')}`;
const kept = (over: Partial<Quarantined> = {}): Quarantined => ({
  id: id(1),
  interviewId: id(2),
  receivedAt: '2026-11-22T10:00:00Z',
  submittedBy: 'Ainur',
  status: 'quarantined',
  reasons: [{ code: 'session_expired', fields: [] }],
  hash: 'a'.repeat(64),
  sizeBytes: 4_096,
  waveName: { kk: 'Толқын', ru: 'Волна', en: 'First wave' },
  deviceSequence: 17,
  decision: null,
  stored: false,
  kind: 'waits',
  ...over,
});
const signedIn = (role: Role, quarantine: Quarantined[]) => ({
  'GET /meta': meta,
  'GET /session': aSession(role, role === 'supervisor' ? ['150000000'] : []),
  'GET /quarantine': { quarantine, total: quarantine.length },
});
const open = () => openOffice({ '/quarantine': Page }, '/quarantine');
const press = async (name: string, where = screen.getByRole('main')) =>
  userEvent.click(within(where).getByRole('button', { name }));
const bodyOf = (asked: readonly { method: string; path: string; body: unknown }[], path: string) =>
  asked.filter((one) => one.path === path && one.method === 'POST').map(({ body }) => body);

beforeEach(() => screenWidth(1280));

describe('the page of interviews kept for a check', () => {
  it('lets a sociologist take one in, with a reason that is asked for', async () => {
    const path = `/quarantine/${id(1)}/release`;
    const receivedAt = '2026-11-22T10:00:00Z';
    const receipt = { id: id(2), status: 'stored', hash: 'a'.repeat(64), receivedAt };
    const asked = network({ ...signedIn('sociologist', [kept()]), [`POST ${path}`]: receipt });
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Take in' }));
    const dialog = await screen.findByRole('dialog', { name: 'Take the interview in?' });
    await press('Take in', dialog);
    expect(await within(dialog).findByText('Write down the reason')).toBeVisible();
    expect(bodyOf(asked, path)).toEqual([]);
    await userEvent.type(within(dialog).getByLabelText('Reason'), 'called the household');
    await press('Take in', dialog);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(bodyOf(asked, path).map((body) => JSON.parse(body as string) as unknown)).toEqual([
      { reason: 'called the household' },
    ]);
    // The list is asked for again.
    expect(asked.filter((one) => one.path === '/quarantine').length).toBeGreaterThan(1);
  });

  it('lets a sociologist leave one out, and says why the server would not', async () => {
    const path = `/quarantine/${id(1)}/reject`;
    network({
      ...signedIn('sociologist', [kept()]),
      [`POST ${path}`]: new Refusal(409, 'quarantine_decided'),
    });
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Do not count' }));
    const dialog = await screen.findByRole('dialog', { name: 'Leave the interview out?' });
    await userEvent.type(within(dialog).getByLabelText('Reason'), 'a training interview');
    await press('Do not count', dialog);
    expect(await within(dialog).findByRole('alert')).not.toBeEmptyDOMElement();
  });

  it('offers a supervisor to look, and nothing to decide', async () => {
    network(signedIn('supervisor', [kept()]));
    await open();
    expect(await screen.findByText('Waits for a person')).toBeVisible();
    expect(screen.getByRole('button', { name: /^Look at the interview/ })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Take in' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Do not count' })).toBeNull();
  });

  it.each([
    ['conflict', /Another interview is stored under its number/],
    ['faulty', /The interview itself has faults/],
    ['unfinished', /An unfinished interview: it never counts/],
  ] as const)('offers no way in for what is %s, and says why', async (kind, words) => {
    network(signedIn('sociologist', [kept({ kind })]));
    await open();
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Take in' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Do not count' })).toBeVisible();
  });

  it('shows what was decided, by whom and why, and lets nobody decide again', async () => {
    const decision = {
      outcome: 'released',
      by: 'Dana',
      at: '2026-11-23T10:00:00Z',
      reason: 'called',
    } as const;
    network(signedIn('sociologist', [kept({ decision, stored: true })]));
    await open();
    expect(await screen.findByText('Taken in by Dana: called')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Take in|Do not count/ })).toBeNull();
  });
});
