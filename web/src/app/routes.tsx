import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import type { Permission } from '@akimetr/api/contracts/roles';
import { Allowed } from './Allowed.tsx';
import { Crash } from './Crash.tsx';
import { designPath, loadDesigner, prepareDesigner } from './designer.ts';
import { Home } from './Home.tsx';
import { LoadingScreen } from './LoadingScreen.tsx';
import { NotFound } from './NotFound.tsx';
import { Prepared } from './Prepared.tsx';
import { SignedIn } from './SignedIn.tsx';

type Load = () => Promise<{ Page: ComponentType }>;

/**
 * A screen that is fetched when it is first opened, for those who may see it.
 * @param next the screen that is most likely opened from it
 */
function screen(
  path: string,
  permission: Permission,
  load: Load,
  next?: { permission: Permission; load: () => Promise<unknown> },
): RouteObject {
  return {
    path,
    lazy: async () => {
      const { Page } = await load();
      return {
        Component: () => (
          <Allowed permission={permission}>
            <Page />
            {next && <Prepared {...next} />}
          </Allowed>
        ),
      };
    },
  };
}

const open = (path: string, load: Load): RouteObject => ({
  path,
  lazy: async () => ({ Component: (await load()).Page }),
});

/** Every address of the office app. */
export const routes: RouteObject[] = [
  {
    ErrorBoundary: Crash,
    HydrateFallback: LoadingScreen,
    children: [
      open('/sign-in', () => import('../features/session/SignInPage.tsx')),
      open('/setup', () => import('../features/session/SetupPage.tsx')),
      {
        Component: SignedIn,
        children: [
          { index: true, Component: Home },
          screen(
            '/rankings',
            'rankings.read',
            () => import('../features/rankings/RankingsPage.tsx'),
          ),
          screen(
            '/akims/:akimId',
            'rankings.read',
            () => import('../features/profile/ProfilePage.tsx'),
          ),
          screen('/akims', 'akims.read', () => import('../features/akims/AkimsPage.tsx')),
          screen(
            '/territories',
            'territories.read',
            () => import('../features/territories/TerritoriesPage.tsx'),
          ),
          screen('/users', 'users.manage', () => import('../features/users/UsersPage.tsx')),
          screen('/waves', 'waves.manage', () => import('../features/waves/WavesPage.tsx')),
          screen(
            '/waves/:waveId/targets',
            'waves.manage',
            () => import('../features/targets/TargetsPage.tsx'),
          ),
          screen(
            '/questionnaires',
            'questionnaires.read',
            () => import('../features/questionnaires/QuestionnairesPage.tsx'),
            { permission: 'questionnaires.publish', load: prepareDesigner },
          ),
          screen(
            '/questionnaires/:code/:version',
            'questionnaires.read',
            () => import('../features/questionnaires/QuestionnairePage.tsx'),
          ),
          screen(designPath, 'questionnaires.publish', loadDesigner),
          screen(
            '/methodologies',
            'methodologies.read',
            () => import('../features/methodologies/MethodologiesPage.tsx'),
          ),
          screen(
            '/assignments',
            'assignments.read',
            () => import('../features/assignments/AssignmentsPage.tsx'),
          ),
          screen(
            '/assignments/new',
            'assignments.create',
            () => import('../features/assignments/NewAssignmentPage.tsx'),
          ),
          screen(
            '/quarantine',
            'quarantine.read',
            () => import('../features/quarantine/QuarantinePage.tsx'),
          ),
          screen(
            '/tablet-help',
            'rescue.import',
            () => import('../features/tablet-help/TabletHelpPage.tsx'),
          ),
          screen('/devices', 'devices.read', () => import('../features/devices/DevicesPage.tsx')),
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
];
