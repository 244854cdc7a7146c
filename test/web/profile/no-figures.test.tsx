import { screen } from '@testing-library/react';
import { Page } from '../../../web/src/features/profile/ProfilePage.tsx';
import { network, openOffice, Refusal, screenWidth } from '../support/office.tsx';

const akimId = '00000000-0000-4000-8000-000000000009';
const waveId = '00000000-0000-4000-8000-000000000001';

describe('the profile of an akim who was not asked about', () => {
  it('says so, with the way back to the ranking', async () => {
    screenWidth(1280);
    network({ [`GET /akims/${akimId}/profile`]: new Refusal(404, 'not_found') });
    await openOffice({ '/akims/:akimId': Page }, `/akims/${akimId}?wave=${waveId}`);
    expect(await screen.findByText('This akim has no figures in this wave')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByRole('link', { name: /Back to the ranking/ })).toHaveAttribute(
      'href',
      `/rankings?wave=${waveId}`,
    );
  });

  it('does not take a failure of the server for that', async () => {
    network({ [`GET /akims/${akimId}/profile`]: new Refusal(500, 'internal') });
    await openOffice({ '/akims/:akimId': Page }, `/akims/${akimId}?wave=${waveId}`);
    expect(await screen.findByRole('alert')).toBeInTheDocument();
  });
});
