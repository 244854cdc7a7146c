import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Device } from '@akimetr/api/contracts/devices';
import { Page } from '../../../web/src/features/devices/DevicesPage.tsx';
import { rangesOf, silentDays, worriesOf } from '../../../web/src/features/devices/device-state.ts';
import { aSession, meta, network, openOffice, Refusal, screenWidth } from '../support/office.tsx';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const report = {
  at: hoursAgo(1),
  appVersion: '0.1.0',
  userAgentFamily: 'Chrome · Android',
  unsent: 2,
  drafts: 1,
  freeBytes: 5e9,
  quotaBytes: 6e9,
  persisted: true,
  battery01: 0.8,
  clockOffsetMs: 0,
};
const tablet = (over: Partial<Device> = {}): Device => ({
  id: '0b0e7a52-6f0c-4a53-9d5b-0a3a3c6b8a11',
  label: 'Tablet 7',
  interviewers: [{ id: '0b0e7a52-6f0c-4a53-9d5b-0a3a3c6b8a12', name: 'Ainur' }],
  regions: ['150000000'],
  enrolledAt: hoursAgo(500),
  enrolledBy: 'Supervisor',
  revokedAt: null,
  revokedBy: null,
  revokedReason: null,
  report,
  custody: { taken: 41, received: 39, onDevice: [], missing: [17, 23], missingCount: 2 },
  ...over,
});
const signedIn = (devices: Device[]) => ({
  'GET /meta': meta,
  'GET /session': aSession('supervisor', ['150000000']),
  'GET /devices': { devices, total: devices.length },
  'GET /interviewers': {
    interviewers: [
      {
        id: '0b0e7a52-6f0c-4a53-9d5b-0a3a3c6b8a12',
        login: 'ainur',
        name: 'Ainur',
        regions: ['150000000'],
      },
    ],
  },
});
const open = () => openOffice({ '/devices': Page }, '/devices');

beforeEach(() => screenWidth(1280));

describe('the page of tablets', () => {
  it('counts what was taken and received, and names what is missing', async () => {
    network(signedIn([tablet()]));
    await open();
    expect(await screen.findByText('Taken 41, received 39')).toBeInTheDocument();
    expect(screen.getByText('Missing: №17, №23')).toBeInTheDocument();
  });

  it('lets a silence of days stand out, and nothing of an hour', async () => {
    const silent = tablet({ label: 'Silent', report: { ...report, at: hoursAgo(50) } });
    network(signedIn([silent, tablet({ id: '0b0e7a52-6f0c-4a53-9d5b-0a3a3c6b8a13' })]));
    await open();
    expect(await screen.findAllByText(/Not synced for 2 days/)).toHaveLength(1);
  });

  it('says that there is no tablet yet, and what to do', async () => {
    network(signedIn([]));
    await open();
    expect(await screen.findByText('There is no tablet yet')).toBeInTheDocument();
  });

  it('says in words what went wrong', async () => {
    network({ ...signedIn([]), 'GET /devices': new Refusal(503, 'store_unavailable') });
    await open();
    expect(await screen.findByRole('alert')).toHaveTextContent(/data store is not available/);
  });

  it('shows the code of an enrolment as a QR code and in letters', async () => {
    const asked = network({
      ...signedIn([tablet()]),
      'POST /devices/enrolments': {
        code: 'ABCD-2345',
        expiresAt: hoursAgo(-0.25),
        interviewerName: 'Ainur',
      },
    });
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Enrol a tablet' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('combobox', { name: 'Interviewer' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Ainur (ainur)' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Show the code' }));
    expect(await within(dialog).findByText('ABCD-2345')).toBeInTheDocument();
    expect(within(dialog).getByRole('img', { name: /QR code/ })).toBeInTheDocument();
    expect(asked.find(({ method }) => method === 'POST')?.body).toBe(
      '{"interviewerId":"0b0e7a52-6f0c-4a53-9d5b-0a3a3c6b8a12","label":""}',
    );
  });

  it('withdraws a tablet only with a reason', async () => {
    const asked = network({
      ...signedIn([tablet()]),
      'POST /devices/0b0e7a52-6f0c-4a53-9d5b-0a3a3c6b8a11/revoke': {
        id: tablet().id,
        revokedAt: hoursAgo(0),
      },
    });
    await open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Withdraw the tablet Tablet 7' }),
    );
    const dialog = await screen.findByRole('dialog');
    const withdraw = within(dialog).getByRole('button', { name: 'Withdraw' });
    await userEvent.click(withdraw);
    expect(await within(dialog).findByText('Write down the reason')).toBeInTheDocument();
    expect(asked.some(({ method }) => method === 'POST')).toBe(false);
    await userEvent.type(within(dialog).getByLabelText('Reason'), 'stolen in Aktobe');
    await userEvent.click(withdraw);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(asked.find(({ method }) => method === 'POST')?.body).toBe(
      '{"reason":"stolen in Aktobe"}',
    );
  });
});

describe('device state', () => {
  it('writes numbers in a row as a range', () => {
    expect(rangesOf([3, 5, 6, 7, 9])).toBe('№3, №5–7, №9');
    expect(rangesOf([])).toBe('');
  });
  it('counts whole days of silence; null before the first sync', () => {
    const now = new Date();
    expect(silentDays(tablet({ report: { ...report, at: hoursAgo(47) } }), now)).toBe(1);
    expect(silentDays(tablet({ report: null }), now)).toBeNull();
  });
  it('worries about clock, space, battery and a promise not given', () => {
    expect(worriesOf(tablet())).toEqual([]);
    const bad = { clockOffsetMs: 86_400_000, freeBytes: 1e6, battery01: 0.1, persisted: null };
    expect(worriesOf(tablet({ report: { ...report, ...bad } }))).toEqual([
      'clock',
      'space',
      'battery',
      'persistence',
    ]);
  });
});
