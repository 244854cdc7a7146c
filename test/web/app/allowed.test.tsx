import { screen } from '@testing-library/react';
import { Allowed } from '../../../web/src/app/Allowed.tsx';
import { SignedIn } from '../../../web/src/app/SignedIn.tsx';
import { aSession, meta, network, openOffice, screenWidth } from '../support/office.tsx';

const Users = () => (
  <Allowed permission="users.manage">
    <p>all the accounts</p>
  </Allowed>
);

beforeEach(() => screenWidth(1280));

describe('a screen behind a permission', () => {
  it('is shown to who has it', async () => {
    network({ 'GET /meta': meta, 'GET /session': aSession('administrator') });
    await openOffice({ '/users': Users }, '/users');
    expect(await screen.findByText('all the accounts')).toBeInTheDocument();
  });

  it('says plainly to the others that it is not open to them', async () => {
    network({ 'GET /meta': meta, 'GET /session': aSession('official') });
    await openOffice({ '/users': Users }, '/users');
    expect(
      await screen.findByRole('heading', { name: 'This section is not open to you' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('all the accounts')).not.toBeInTheDocument();
  });

  it('asks whoever is not signed in to, and remembers where they wanted to be', async () => {
    network({ 'GET /meta': meta, 'GET /session': { session: null } });
    const address = await openOffice(
      { '/users': SignedIn, '/sign-in': () => <p>sign in</p> },
      '/users?page=2',
    );
    await screen.findByText('sign in');
    expect(address).toEqual({ path: '/sign-in', search: '?next=%2Fusers%3Fpage%3D2' });
  });
});
