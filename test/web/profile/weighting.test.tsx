import { screen, within } from '@testing-library/react';
import type { Profile } from '@akimetr/api/contracts/rankings';
import { Page } from '../../../web/src/features/profile/ProfilePage.tsx';
import { network, openOffice, screenWidth } from '../support/office.tsx';
import { aNotRatedAkim, aRankedAkim, waveId } from '../support/ranking.ts';

const unrated = aNotRatedAkim(5);
const words = (text: string) => ({ kk: `${text} kk`, ru: `${text} ru`, en: text });
const weighting: NonNullable<Profile['weighting']> = {
  method: 'rake',
  outcome: 'calibrated',
  group: { territory: '150000000', akims: 12, interviews: 1152 },
  territoryName: words('Aktobe Region'),
  basis: 'estimate',
  faults: [],
  designEffect: 1.31,
  effectiveN: 879.4,
  ratio: { least: 0.6, median: 1.02, greatest: 1.9 },
  iterations: 5,
  largestResidual: 2e-16,
  trimmed: 0,
  margins: [
    { variable: 'sex', category: 'male', respondents: 540, target: 40, before: 50, after: 40 },
    { variable: 'sex', category: 'female', respondents: 612, target: 60, before: 50, after: 60 },
  ],
  smallCells: [],
};
const aProfile = (over: Partial<Profile>): Profile => ({
  akim: {
    id: unrated.akimId,
    territory: unrated.territory,
    territoryName: unrated.territoryName,
    region: unrated.region,
    level: 'district',
    name: unrated.akimName,
    from: '2024-01-15',
    to: null,
    tookOffice: 'appointed',
    nominatedBy: null,
    civilServiceBefore: null,
    birthYear: null,
    term: 1,
  },
  waveId,
  waveName: words('Autumn 2026'),
  basis: 'published',
  synthetic: true,
  asOf: null,
  confidenceLevel: 0.95,
  rankedAkims: 4,
  place: { rated: false, ...unrated },
  stabilised: null,
  indicators: [],
  calibration: 'calibrated',
  weighting: null,
  ...over,
});

async function open(profile: Profile) {
  network({ [`GET /akims/${unrated.akimId}/profile`]: profile });
  await openOffice({ '/akims/:akimId': Page }, `/akims/${unrated.akimId}?wave=${waveId}`);
  await screen.findByRole('heading', { name: 'Tenure' });
}

beforeEach(() => screenWidth(1280));

describe('the weights of a profile', () => {
  it('are not shown to those who see only what is published', async () => {
    await open(aProfile({}));
    expect(screen.queryByRole('heading', { name: 'Weights' })).not.toBeInTheDocument();
  });

  it('show every margin as shares: target, before, after', async () => {
    await open(aProfile({ weighting }));
    const row = await screen.findByRole('row', { name: /^women/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['60%', '50%', '60%', '612']);
    expect(screen.getByText('an estimate, not a count')).toBeInTheDocument();
    expect(screen.getByText('0.6 to 1.9, median 1.02')).toBeInTheDocument();
  });

  it('name why there is no calibration, and what could be merged', async () => {
    await open(
      aProfile({
        calibration: 'base_weights',
        weighting: {
          ...weighting,
          outcome: 'base_weights',
          margins: [],
          faults: [
            { code: 'empty_cell', place: 'age: 61+', mergeWith: '46-60', interviews: 0 },
            { code: 'missing_category', place: 'sex', mergeWith: null, interviews: 3 },
          ],
          smallCells: [
            {
              variable: 'sex|age',
              category: 'male|18-29',
              respondents: 2,
              mergeWith: 'male|30-45',
            },
          ],
        },
      }),
    );
    expect(screen.getByText(/figures stand on base weights/)).toBeInTheDocument();
    const items = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(items).toEqual([
      'nobody was interviewed: Age: 61+; could be merged with: 46–60',
      'interviews without an answer (Sex): 3',
      'men, 18–29 — 2; could be merged with: men, 30–45',
    ]);
  });

  it('say to everybody that a group could not be weighted', async () => {
    await open(aProfile({ calibration: 'not_rated' }));
    expect(screen.getByText(/nobody of this group is rated/)).toBeInTheDocument();
  });
});

describe('the stabilised score of a profile', () => {
  const place = { rated: true as const, ...aRankedAkim(5) };

  it('stands beside the score, with its interval and how far it is drawn', async () => {
    const stabilised = { score: 61.24, interval: [58.01, 64.5], shareOfDirect: 0.83 };
    await open(aProfile({ place, stabilised: stabilised as Profile['stabilised'] }));
    expect(
      await screen.findByText(/^Stabilised score: 61\.2 \(58\.0–64\.5\)\..*: here by 17%\./),
    ).toBeInTheDocument();
  });

  it('is not spoken of where there is none', async () => {
    await open(aProfile({ place }));
    expect(screen.queryByText(/Stabilised/)).not.toBeInTheDocument();
  });
});
