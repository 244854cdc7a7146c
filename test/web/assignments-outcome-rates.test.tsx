import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  dispositionNames,
  rateNames,
  refusalReasons,
} from '@akimetr/api/contracts/contact-attempts';
import type { OutcomeRatesReply } from '@akimetr/api/contracts/contact-attempts';
import { OutcomeRates } from '../../web/src/features/assignments/OutcomeRates.tsx';
import { aSession, network, openOffice, screenWidth } from './support/office.tsx';

const waveId = '0b0e7a52-6f0c-4a53-9d5b-0a3a3c6b8a01';
const Section = () => <OutcomeRates waveId={waveId} region="" />;

const reply = (over: Partial<OutcomeRatesReply>): OutcomeRatesReply => ({
  cases: 0,
  attempts: 0,
  counts: Object.fromEntries(dispositionNames.map((name) => [name, 0])) as never,
  rates: Object.fromEntries(rateNames.map((name) => [name, null])) as never,
  eligibleShare: null,
  refusals: refusalReasons.map((reason) => ({ reason, count: 0 })),
  keptAside: [],
  interviewsOutside: 0,
  ...over,
});
const path = `GET /waves/${waveId}/outcome-rates`;

beforeAll(() => screenWidth(1280));

describe('outcome rates on the page of assignments', () => {
  it('show the rates, the reasons of refusals, and a dash where nothing is divided by', async () => {
    const rates = { ...reply({}).rates, RR1: 0.25, REF1: 0.5 };
    const refusals = [{ reason: 'distrust' as const, count: 2 }];
    network({ [path]: reply({ cases: 4, attempts: 6, rates, refusals }) });
    await openOffice({ '/': Section }, '/');
    const [response] = await screen.findAllByText(/^RR1/);
    expect(response.parentElement).toHaveTextContent('25%');
    expect(screen.getAllByText(/^CON1/)[0].parentElement).toHaveTextContent('—');
    expect(screen.getByText(/distrust — 2/)).toBeInTheDocument();
  });

  it('say how many attempts are kept aside, and why', async () => {
    const keptAside = [{ reason: 'device_revoked' as const, count: 3 }];
    network({ [path]: reply({ keptAside }) });
    await openOffice({ '/': Section }, '/');
    expect(await screen.findByText(/^tablet withdrawn;.* — 3/)).toBeInTheDocument();
  });

  it('let whoever decides count them, with a reason', async () => {
    const keptAside = [
      { reason: 'device_revoked' as const, count: 3 },
      { reason: 'conflict' as const, count: 1 },
    ];
    const release = `POST /waves/${waveId}/contact-attempts/release`;
    const asked = network({
      'GET /session': aSession('sociologist'),
      [path]: reply({ keptAside }),
      [release]: { released: 3 },
    });
    const user = userEvent.setup();
    await openOffice({ '/': Section }, '/');
    // What is wrong in itself cannot be waived.
    await user.click(await screen.findByRole('button', { name: 'Count them' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Count them' }));
    expect(await dialog.findByText('Write down the reason')).toBeInTheDocument();
    await user.type(dialog.getByLabelText('Reason'), 'the tablet was found');
    await user.click(dialog.getByRole('button', { name: 'Count them' }));
    expect(await screen.findByText('3 attempts count now.')).toBeInTheDocument();
    const sent = asked.find(({ method }) => method === 'POST')?.body as string;
    expect(JSON.parse(sent)).toEqual({ keptFor: 'device_revoked', reason: 'the tablet was found' });
  });

  it('say that interviews without a household are in no rate, and give none', async () => {
    network({ [path]: reply({ interviewsOutside: 39 }) });
    await openOffice({ '/': Section }, '/');
    expect(await screen.findByText(/39 interviews have no household number/)).toBeInTheDocument();
    expect(screen.queryByText(/RR1/)).toBeNull();
  });
});
