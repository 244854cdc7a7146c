import { Schema, model, type QueryFilter } from 'mongoose';
import type { Level, Locale } from '../contracts/common.ts';
import type { InterviewCircumstances } from '../contracts/interview-circumstances.ts';

/** One interview as collected. Never updated: a correction would be a new document naming this one. */
export interface StoredInterview extends InterviewCircumstances {
  /** UUID made on the tablet. */
  _id: string;
  waveId: string;
  akimId: string;
  level: Level;
  region: string;
  assignmentId: string;
  interviewerId: string;
  /** Who handed it in: the tablet may be signed in as somebody else than the assignment's interviewer. */
  submittedBy: string;
  questionnaire: string;
  language: Locale;
  stratum: string;
  cluster: string;
  /** Clusters of the stratum in the population, where the sampling point says so. */
  clustersInPopulation?: number;
  baseWeight: number;
  answers: Record<string, unknown>;
  /** Indicator → 0–100; an indicator that is missing is not there. */
  scores: Record<string, number>;
  /** SHA-256 of the canonical JSON of what the tablet sent. */
  hash: string;
  startedAt: Date;
  completedAt: Date;
  durationMs: number;
  deviceId: string;
  deviceSequence: number;
  appVersion: string;
  receivedAt: Date;
}

/** What estimation needs of an interview. */
export type EstimationRow = Pick<
  StoredInterview,
  '_id' | 'akimId' | 'stratum' | 'cluster' | 'clustersInPopulation' | 'baseWeight' | 'scores'
> & {
  /** Only those that say which category of the official targets the respondent is in. */
  answers: Record<string, unknown>;
};

const InterviewModel = model<StoredInterview>(
  'Interview',
  new Schema<StoredInterview>(
    {
      _id: { type: String, required: true },
      waveId: { type: String, required: true },
      akimId: { type: String, required: true },
      level: { type: String, required: true },
      region: { type: String, required: true },
      assignmentId: { type: String, required: true },
      interviewerId: { type: String, required: true },
      submittedBy: { type: String, required: true },
      questionnaire: { type: String, required: true },
      language: { type: String, required: true },
      stratum: { type: String, required: true },
      cluster: { type: String, required: true },
      clustersInPopulation: { type: Number },
      baseWeight: { type: Number, required: true },
      answers: { type: Schema.Types.Mixed, required: true },
      scores: { type: Schema.Types.Mixed, required: true },
      hash: { type: String, required: true },
      startedAt: { type: Date, required: true },
      completedAt: { type: Date, required: true },
      durationMs: { type: Number, required: true },
      deviceId: { type: String, required: true },
      deviceSequence: { type: Number, required: true },
      appVersion: { type: String, required: true },
      receivedAt: { type: Date, required: true },
      household: { type: Number },
      selection: { type: Schema.Types.Mixed },
      location: { type: Schema.Types.Mixed },
      pageTimes: { type: Schema.Types.Mixed },
      notes: { type: Schema.Types.Mixed },
      clockOffsetMs: { type: Number },
    },
    { strict: 'throw', minimize: false, versionKey: false, collection: 'interviews' },
  )
    .index({ waveId: 1, akimId: 1 })
    .index({ assignmentId: 1 })
    .index({ deviceId: 1, deviceSequence: 1 }),
);

/** One number that a device gave a sealed interview. */
export interface DeviceSequence {
  deviceId: string;
  deviceSequence: number | null;
}

interface BulkFailure {
  writeErrors?: { index: number; code: number }[] | { index: number; code: number };
}

export const interviewStore = {
  /**
   * Inserts interviews that are not there yet. zod has checked them, so mongoose's own casting, which
   * costs several times the insert, is left out.
   * @returns indexes of those whose id is taken
   */
  async insertNew(interviews: readonly StoredInterview[]): Promise<Set<number>> {
    try {
      await InterviewModel.collection.insertMany(interviews as never[], { ordered: false });
      return new Set();
    } catch (error) {
      const failures = [(error as BulkFailure).writeErrors ?? []].flat();
      if (failures.length === 0 || failures.some((failure) => failure.code !== 11000)) throw error;
      return new Set(failures.map((failure) => failure.index));
    }
  },
  /** Hashes of the interviews that are stored under these ids. */
  async hashes(ids: readonly string[]): Promise<Map<string, string>> {
    const found = await InterviewModel.find({ _id: { $in: [...ids] } }, { hash: 1 }).lean<
      Pick<StoredInterview, '_id' | 'hash'>[]
    >();
    return new Map(found.map((interview) => [interview._id, interview.hash]));
  },
  /** @param questions whose answers are wanted */
  async estimationRows(
    waveId: string,
    akimIds: readonly string[],
    questions: readonly string[],
  ): Promise<EstimationRow[]> {
    const wanted = [
      ...['akimId', 'stratum', 'cluster', 'clustersInPopulation'],
      ...['baseWeight', 'scores'],
    ];
    const answers = questions.map((question) => `answers.${question}`);
    const projection = Object.fromEntries([...wanted, ...answers].map((name) => [name, 1]));
    const rows = await InterviewModel.collection
      .find<EstimationRow>({ waveId, akimId: { $in: [...akimIds] } }, { projection })
      .toArray();
    return rows.map((row) => ({ ...row, answers: row.answers ?? {} }));
  },
  /** Which households of a wave were interviewed, and how many interviews name none. @param regions null for all */
  async households(waveId: string, regions: readonly string[] | null) {
    const scope: QueryFilter<StoredInterview> = { waveId };
    if (regions !== null) scope.region = { $in: [...regions] };
    // Both from one read: of two, the second might see an interview that the first did not.
    const all = await InterviewModel.find(scope, {
      _id: 0,
      assignmentId: 1,
      household: 1,
    }).lean<{ assignmentId: string; household?: number | null }[]>();
    const withNumber = all.flatMap(({ assignmentId, household }) =>
      household ? [{ assignmentId, household }] : [],
    );
    return { withNumber, withoutNumber: all.length - withNumber.length };
  },
  householdsOfAssignments: (assignmentIds: readonly string[]) =>
    InterviewModel.find(
      { assignmentId: { $in: [...assignmentIds] }, household: { $gte: 1 } },
      { _id: 0, assignmentId: 1, household: 1 },
    ).lean<{ assignmentId: string; household: number }[]>(),
  /** Answers to some questions of every interview of these assignments. */
  async answersOfAssignments(assignmentIds: readonly string[], questions: readonly string[]) {
    const names = ['assignmentId', ...questions.map((question) => `answers.${question}`)];
    const projection = { _id: 0, ...Object.fromEntries(names.map((name) => [name, 1])) };
    const found = await InterviewModel.collection
      .find<Pick<StoredInterview, 'assignmentId'> & Partial<Pick<StoredInterview, 'answers'>>>(
        { assignmentId: { $in: [...assignmentIds] } },
        { projection },
      )
      .toArray();
    return found.map(({ assignmentId, answers }) => ({ assignmentId, answers: answers ?? {} }));
  },
  /** Numbers of what devices handed in and was stored. */
  sequencesOfDevices: (deviceIds: readonly string[]): Promise<DeviceSequence[]> =>
    InterviewModel.collection
      .find<DeviceSequence>(
        { deviceId: { $in: [...deviceIds] } },
        { projection: { _id: 0, deviceId: 1, deviceSequence: 1 } },
      )
      .toArray(),
  countOfWave: (waveId: string) => InterviewModel.countDocuments({ waveId }).exec(),
  async countsByAssignment(assignmentIds: readonly string[]): Promise<Map<string, number>> {
    const counts = await InterviewModel.aggregate<{ _id: string; count: number }>([
      { $match: { assignmentId: { $in: [...assignmentIds] } } },
      { $group: { _id: '$assignmentId', count: { $sum: 1 } } },
    ]);
    return new Map(counts.map(({ _id, count }) => [_id, count]));
  },
  /** Interviews of each akim of a wave. @param akimIds only these; left out: all */
  async countsByAkim(waveId: string, akimIds?: readonly string[]): Promise<Map<string, number>> {
    const counts = await InterviewModel.aggregate<{ _id: string; count: number }>([
      { $match: { waveId, ...(akimIds && { akimId: { $in: [...akimIds] } }) } },
      { $group: { _id: '$akimId', count: { $sum: 1 } } },
    ]);
    return new Map(counts.map(({ _id, count }) => [_id, count]));
  },
};
