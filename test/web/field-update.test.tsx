/** @jest-environment-options {"globalsCleanup": "off"} */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { WhatsNew } from '../../web/src/features/field/parts/WhatsNew.tsx';
import { appChanges } from '../../web/src/features/field/state/app-changes.ts';
import { FieldServicesContext } from '../../web/src/features/field/state/field-services.ts';
import type { AppUpdate } from '../../web/src/features/field/state/field-services.ts';
import { prepareScreens } from '../support/field-on-screen.tsx';
import { noUpdate } from './field-surroundings.ts';

const [{ version, changes }] = appChanges as [(typeof appChanges)[number]];

/** The first screen's part of it, in an app of the newest version. */
function open(appUpdate: AppUpdate = noUpdate) {
  const services = { appVersion: version, appUpdate } as never;
  render(
    <FieldServicesContext value={services}>
      <WhatsNew />
    </FieldServicesContext>,
  );
}
const seen = (last: string) => window.localStorage.setItem('akimetr.field.seenVersion', last);

beforeAll(prepareScreens);
beforeEach(() => window.localStorage.clear());
afterEach(cleanup);

describe('a newer app', () => {
  it('says what is different, until that was read', async () => {
    seen('0.0.9');
    open();
    expect(screen.getByText(`What is new in version ${version}`)).toBeVisible();
    for (const { en } of changes) expect(screen.getByText(en)).toBeVisible();
    cleanup();
    open();
    await userEvent.click(screen.getByRole('button', { name: 'Understood' }));
    expect(screen.queryByText(/What is new/)).toBeNull();
    cleanup();
    open();
    expect(screen.queryByText(/What is new/)).toBeNull();
  });

  it('says nothing to whoever has just got the app', () => {
    open();
    expect(screen.queryByText(/What is new/)).toBeNull();
  });

  it('says that it waits', () => {
    open({ ...noUpdate, waits: () => true });
    expect(screen.getByText(/it takes over when no interview is open/)).toBeVisible();
  });

  it('does not ship without words: the version that is built is the one that is described', () => {
    const file = resolve(__dirname, '../../web/package.json');
    expect((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version).toBe(version);
  });
});
