import * as akims from '../../api/src/contracts/akims.ts';
import * as assignments from '../../api/src/contracts/assignments.ts';
import * as contactAttempts from '../../api/src/contracts/contact-attempts.ts';
import * as devices from '../../api/src/contracts/devices.ts';
import * as interviews from '../../api/src/contracts/interviews.ts';
import * as methodologies from '../../api/src/contracts/methodologies.ts';
import type { Operation } from '../../api/src/contracts/operation.ts';
import * as publications from '../../api/src/contracts/publications.ts';
import * as questionnaireDrafts from '../../api/src/contracts/questionnaire-drafts.ts';
import * as questionnaires from '../../api/src/contracts/questionnaires.ts';
import * as rankings from '../../api/src/contracts/rankings.ts';
import * as rescue from '../../api/src/contracts/rescue.ts';
import * as session from '../../api/src/contracts/session.ts';
import * as targets from '../../api/src/contracts/targets.ts';
import * as territories from '../../api/src/contracts/territories.ts';
import * as users from '../../api/src/contracts/users.ts';
import * as waves from '../../api/src/contracts/waves.ts';

const contracts = [
  akims,
  assignments,
  contactAttempts,
  devices,
  interviews,
  methodologies,
  publications,
  questionnaireDrafts,
  questionnaires,
  rankings,
  rescue,
  session,
  targets,
  territories,
  users,
  waves,
];

/** Every operation of every contract. */
export const operations = contracts
  .flatMap((contract) => Object.values(contract as Record<string, unknown>))
  .filter(
    (value): value is Operation =>
      typeof value === 'object' && value !== null && 'access' in value && 'path' in value,
  );
