import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Page as SetupPage } from '../../../web/src/features/session/SetupPage.tsx';
import { Page as SignInPage } from '../../../web/src/features/session/SignInPage.tsx';
import { safeNext } from '../../../web/src/features/session/safe-next.ts';
import { aSession, meta, network, openOffice, Refusal, screenWidth } from '../support/office.tsx';

const nobody = { 'GET /meta': meta, 'GET /session': { session: null } };
const Elsewhere = () => <p>inside</p>;
const screens = {
  '/sign-in': SignInPage,
  '/setup': SetupPage,
  '/rankings': Elsewhere,
  '/': Elsewhere,
};

beforeEach(() => screenWidth(1280));

async function signIn(login: string, password: string) {
  if (login) await userEvent.type(screen.getByLabelText('Login'), login);
  if (password) await userEvent.type(screen.getByLabelText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

describe('signing in', () => {
  it('goes on to where the person wanted to be', async () => {
    const asked = network({ ...nobody, 'POST /session': aSession('official').session });
    const address = await openOffice(screens, '/sign-in?next=%2Frankings%3Flevel%3Drural');
    await signIn(' Official', 'a long password');
    await waitFor(() => expect(address).toEqual({ path: '/rankings', search: '?level=rural' }));
    expect(asked.at(-1)?.body).toBe('{"login":"official","password":"a long password"}');
  });

  it('marks an empty field and asks the server nothing', async () => {
    const asked = network(nobody);
    await openOffice(screens, '/sign-in');
    await signIn('official', '');
    expect(await screen.findByText('Fill this in')).toBeInTheDocument();
    expect(screen.getByLabelText('Password')).toBeInvalid();
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it.each([
    ['wrong_credentials', 401, /login or the password is not right/],
    ['locked_out', 429, /Too many failed attempts/],
    ['too_many_requests', 429, /Too many requests/],
    ['store_unavailable', 503, /data store is not available/],
  ])('says %s in words', async (code, status, words) => {
    network({ ...nobody, 'POST /session': new Refusal(status, code) });
    await openOffice(screens, '/sign-in');
    await signIn('official', 'wrong');
    expect(await screen.findByRole('alert')).toHaveTextContent(words);
  });

  it('says that the server was not reached', async () => {
    network(nobody);
    await openOffice(screens, '/sign-in');
    await signIn('official', 'wrong');
    expect(await screen.findByRole('alert')).toHaveTextContent('The server could not be reached');
  });

  it('speaks another language without losing what was typed', async () => {
    network(nobody);
    await openOffice(screens, '/sign-in');
    await userEvent.type(screen.getByLabelText('Login'), 'official');
    await userEvent.click(screen.getByRole('button', { name: 'Қазақша' }));
    expect(await screen.findByRole('heading', { name: 'Жүйеге кіру' })).toBeInTheDocument();
    expect(screen.getByLabelText('Логин')).toHaveValue('official');
    expect(document.documentElement.lang).toBe('kk');
  });

  it('says on the first screen that the data are made up', async () => {
    network(nobody);
    await openOffice(screens, '/sign-in');
    expect(await screen.findByText('Synthetic demo data — not real ratings')).toBeInTheDocument();
  });
});

describe('safeNext', () => {
  it.each([
    ['/rankings?level=rural', '/rankings?level=rural'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    [null, '/'],
  ])('takes %s to %s', (next, path) => expect(safeNext(next)).toBe(path));
});

describe('the first administrator', () => {
  const token = 'abcdefghijklmnopqrstuvwxyz';

  it('is made with the one-time link', async () => {
    const asked = network({ ...nobody, 'POST /setup': { login: 'admin' } });
    await openOffice(screens, `/setup?token=${token}`);
    await userEvent.type(screen.getByLabelText('Name'), 'Айгүл');
    await userEvent.type(screen.getByLabelText('Password'), 'a long password');
    await userEvent.click(screen.getByRole('button', { name: 'Create the account' }));
    expect(await screen.findByText(/sign in with the login “admin”/)).toBeInTheDocument();
    expect(JSON.parse(String(asked.find(({ path }) => path === '/setup')?.body))).toEqual({
      token,
      login: 'admin',
      name: 'Айгүл',
      password: 'a long password',
    });
  });

  it('is told when the link has been used', async () => {
    network({ ...nobody, 'POST /setup': new Refusal(409, 'setup_done') });
    await openOffice(screens, `/setup?token=${token}`);
    await userEvent.type(screen.getByLabelText('Name'), 'Айгүл');
    await userEvent.type(screen.getByLabelText('Password'), 'a long password');
    await userEvent.click(screen.getByRole('button', { name: 'Create the account' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('This link has been used already');
  });

  it('is told when the link is not whole', async () => {
    network(nobody);
    await openOffice(screens, '/setup');
    expect(await screen.findByText(/The link has no one-time key/)).toBeInTheDocument();
  });
});
