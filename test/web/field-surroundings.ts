/** What the field's tests share: a package, an interviewer, and a tablet with its own database and a scripted server. */
import { webcrypto } from 'node:crypto';
import { TextDecoder, TextEncoder } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import type { Assignment } from '@akimetr/api/contracts/assignments';
import { canonicalJson } from '@akimetr/api/contracts/canonical-json';
import type { DeviceReport } from '@akimetr/api/contracts/devices';
import type { ContactReceipt } from '@akimetr/api/contracts/contact-attempts';
import type { FieldPackage, InterviewInput, Receipt } from '@akimetr/api/contracts/interviews';
import type { RescueKey } from '@akimetr/api/contracts/rescue-key';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import type { SessionUser } from '@akimetr/api/contracts/session';
import { rememberAccount } from '../../web/src/offline/accounts.ts';
import type { FieldDatabase, OutboxRow } from '../../web/src/offline/database.ts';
import { openFieldDatabase, thisDevice } from '../../web/src/offline/database.ts';
import { startDraft } from '../../web/src/offline/drafts.ts';
import { storePackage } from '../../web/src/offline/field-package.ts';
import { sealDraft } from '../../web/src/offline/sealing.ts';
import type { FieldApi } from '../../web/src/offline/field-api.ts';
import { createVault } from '../../web/src/offline/vault.ts';
import type { AppUpdate } from '../../web/src/features/field/state/field-services.ts';
import type { TabletFacts } from '../../web/src/offline/this-tablet.ts';
import { sha256Hex } from '../../web/src/offline/hash.ts';

// What browsers have and jsdom lacks.
if (!globalThis.crypto?.subtle) {
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
}
globalThis.TextEncoder ??= TextEncoder;
globalThis.TextDecoder ??= TextDecoder as typeof globalThis.TextDecoder;
globalThis.structuredClone ??= (value: unknown) => ours(deserialize(serialize(value))) as never;

/** Bytes of jsdom's own kind: those of the world around it are not known to Dexie here. */
function ours(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return Uint8Array.from(value as Uint8Array);
  for (const [key, part] of Object.entries(value)) {
    if (typeof part === 'object') Object.assign(value, { [key]: ours(part) });
  }
  return value;
}

const id = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const text = (words: string) => ({ kk: `${words} kk`, ru: `${words} ru`, en: words });

export const interviewer: SessionUser = {
  id: id(1),
  login: 'interviewer',
  name: 'Interviewer One',
  role: 'interviewer',
  regions: ['110000000'],
  locale: 'en',
};

export const anAssignment = (over: Partial<Assignment> = {}): Assignment => ({
  id: id(30),
  waveId: id(20),
  akimId: id(40),
  level: 'district',
  region: '110000000',
  territory: '113200000',
  territoryName: text('Akkol district'),
  office: text('Akim of Akkol district'),
  interviewerId: interviewer.id,
  interviewerName: interviewer.name,
  samplingPoint: { code: 'P1', name: 'Akkol, school 1', stratum: 's1', settlement: 'urban' },
  baseWeight: 1,
  targetInterviews: 10,
  interviewsReceived: 0,
  ...over,
});

export const aQuestionnaire = (over: Partial<QuestionnaireVersion> = {}): QuestionnaireVersion => ({
  code: 'akim-district',
  version: 1,
  hash: 'a'.repeat(64),
  title: text('Questionnaire'),
  levels: ['district'],
  questions: 3,
  publishedAt: '2026-11-01T00:00:00Z',
  publishedBy: 'sociologist',
  retired: null,
  questionnaire: {
    pages: [
      {
        name: 'first',
        elements: [
          {
            type: 'radiogroup',
            name: 'satisfied',
            title: {
              en: 'Are you satisfied with {office}?',
              kk: '{office} kk?',
              ru: '{office} ru?',
            },
            isRequired: true,
            choices: ['yes', 'no'],
          },
        ],
      },
      {
        name: 'second',
        elements: [
          { type: 'text', name: 'why', title: 'Why?' },
          { type: 'comment', name: 'whyNot', title: 'Why not?', visibleIf: '{satisfied} = "no"' },
        ],
      },
    ],
  },
  ...over,
});

/** A server's key pair, made once for all tests. */
export const rescueKey: RescueKey = {
  id: '0123456789abcdef',
  publicKey:
    'BAm913EIug0cGovOz3Vf-e8yQNbSnC6B9G2vKsZLjuco8pGbLZDZptCHjJsGhiZMMSU0aidIjlf9LJOoEdaEZOk',
};

export const aPackage = (over: Partial<FieldPackage> = {}): FieldPackage => ({
  interviewer: { id: interviewer.id, login: interviewer.login, name: interviewer.name },
  synthetic: true,
  rescueKey,
  waves: [
    {
      id: id(20),
      code: 'wave-1',
      name: text('First wave'),
      status: 'open',
      questionnaires: [{ code: 'akim-district', version: 1, level: 'district' }],
      opensOn: '2026-11-01',
      closesOn: '2026-12-01',
    },
  ],
  questionnaires: [aQuestionnaire()],
  assignments: [anAssignment()],
  ...over,
});

let databases = 0;
/** A database of its own for each test. */
export const aDatabase = (): FieldDatabase => openFieldDatabase(`field-test-${(databases += 1)}`);

export const pin = '482613';

/** When the work on the tablets of the tests began. */
export const started = new Date('2026-11-22T09:00:00Z');

/** The interviewer has set a PIN and entered it. Few rounds: what is tested is not how long guessing takes. */
export const anOpenVault = (db: FieldDatabase, interviewerId = interviewer.id): Promise<void> =>
  createVault(db, interviewerId, pin, rescueKey, 10);

/** A tablet at work: its interviewer has signed in, set and entered the PIN, and downloaded the package. */
export async function aTabletAtWork(content = aPackage()): Promise<FieldDatabase> {
  const db = aDatabase();
  await thisDevice(db);
  await rememberAccount(db, interviewer);
  await anOpenVault(db);
  await storePackage(db, content, '"1"', started);
  return db;
}

/** An interview that was taken on the tablet and sealed. */
export async function aSealed(
  db: FieldDatabase,
  answers: Readonly<Record<string, unknown>> = { satisfied: 'yes' },
  assignment = anAssignment(),
): Promise<OutboxRow> {
  const { id } = await startDraft(db, assignment, aQuestionnaire(), 'en', started);
  return sealDraft(db, id, {
    answers,
    language: 'en',
    completedAt: new Date('2026-11-22T09:20:00Z'),
    durationMs: 60_000,
    appVersion: '0.1.0',
  });
}

/** The tablet of the tests, in good order. */
export const aTablet: TabletFacts = {
  persisted: true,
  freeBytes: 5e9,
  quotaBytes: 6e9,
  battery: { level01: 0.8, charging: false },
  userAgentFamily: 'Chrome · Android',
};

export const noUpdate: AppUpdate = { waiting: () => null, subscribe: () => () => {} };

/** A server that keeps what it is given, and fails as it is told to. */
export class ScriptedServer implements FieldApi {
  stored = new Map<string, string>();
  /** Kept for a person. */
  aside = new Map<string, string>();
  user: SessionUser | null = interviewer;
  package = aPackage();
  etag = '"1"';
  now = new Date('2026-11-22T10:00:00Z');
  batches: number[] = [];
  /** Thrown before the server sees the call. */
  before: (call: string) => void = () => {};
  /** Thrown after the server did its work: the answer is lost. */
  after: (call: string) => void = () => {};
  answer: (interview: InterviewInput, receipt: Receipt) => Receipt = (_, receipt) => receipt;

  private async call<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    this.before(name);
    const result = await work();
    this.after(name);
    return result;
  }

  isSynthetic = () => this.call('isSynthetic', () => this.package.synthetic);
  sessionUser = () => this.call('sessionUser', () => this.user);
  signIn = () => this.call('signIn', () => (this.user = interviewer));
  signOut = () => this.call('signOut', () => void (this.user = null));
  fetchPackage = (etag: string | null) =>
    this.call('fetchPackage', () => ({
      content: etag === this.etag ? null : structuredClone(this.package),
      etag: this.etag,
      serverNow: this.now,
    }));
  dataKey = '';
  redeemPinReset = () => this.call('redeemPinReset', () => this.dataKey);
  /** What the tablet told of itself, the last first. */
  reports: DeviceReport[] = [];
  revoked = false;
  enrol = () => this.call('enrol', () => (this.user = interviewer));
  report = (report: DeviceReport) =>
    this.call('report', () => {
      this.reports.unshift(report);
      const released = report.waiting.filter(({ id, hash }) => this.stored.get(id) === hash);
      const receivedAt = this.now.toISOString();
      const receipts = released.map((one) => ({
        ...one,
        status: 'duplicate' as const,
        receivedAt,
      }));
      return { revoked: this.revoked, receipts };
    });
  contacts = new Map<string, unknown>();
  submitContacts = (attempts: readonly unknown[]) =>
    this.call('submitContacts', () =>
      Promise.all(
        attempts.map(async (attempt): Promise<ContactReceipt> => {
          const { id } = attempt as { id: string };
          const hash = await sha256Hex(canonicalJson(attempt));
          if (this.contacts.has(id)) return { id, hash, status: 'duplicate' };
          const held = this.revoked ? 'device_revoked' : this.user ? null : 'session_expired';
          if (held !== null) return { id, hash, status: 'quarantined', reasons: [held] };
          this.contacts.set(id, attempt);
          return { id, hash, status: 'stored' };
        }),
      ),
    );
  submit = (texts: readonly string[]) =>
    this.call('submit', async () => {
      this.batches.push(texts.length);
      return Promise.all(texts.map((each) => this.take(JSON.parse(each) as InterviewInput)));
    });

  private async take(interview: InterviewInput): Promise<Receipt> {
    const hash = await sha256Hex(canonicalJson(interview));
    const known = this.stored.get(interview.id);
    const status = known === undefined ? 'stored' : known === hash ? 'duplicate' : 'quarantined';
    const held = this.revoked ? 'device_revoked' : this.user ? null : 'session_expired';
    const receipt = this.answer(interview, {
      id: interview.id,
      hash,
      receivedAt: this.now.toISOString(),
      ...(held !== null && status === 'stored'
        ? { status: 'quarantined', reasons: [{ code: held, fields: [] }] }
        : { status }),
    });
    if (receipt.status === 'quarantined') this.aside.set(interview.id, hash);
    if (receipt.status === 'stored') this.stored.set(interview.id, hash);
    return receipt;
  }
}

/** A disk that takes no draft. */
export const refusingDisk = (db: FieldDatabase, error: Error) =>
  jest.spyOn(db, 'backendDB').mockImplementation(() => {
    throw error;
  });
