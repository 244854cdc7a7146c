import { Schema, model, type QueryFilter } from 'mongoose';
import type { Quota } from '../contracts/assignments.ts';
import type { LocalText, Level } from '../contracts/common.ts';
import { localTextSchema, totalOf } from './shared.ts';

export interface StoredAssignment {
  _id: string;
  waveId: string;
  akimId: string;
  level: Level;
  region: string;
  territory: string;
  territoryName: LocalText;
  office: LocalText;
  interviewerId: string;
  samplingPoint: {
    code: string;
    name: string;
    stratum: string;
    settlement: 'urban' | 'rural';
    clustersInPopulation?: number | undefined;
  };
  baseWeight: number;
  targetInterviews: number;
  quota?: Quota;
  createdAt: Date;
}

const AssignmentModel = model<StoredAssignment>(
  'Assignment',
  new Schema<StoredAssignment>(
    {
      _id: { type: String, required: true },
      waveId: { type: String, required: true },
      akimId: { type: String, required: true },
      level: { type: String, required: true },
      region: { type: String, required: true },
      territory: { type: String, required: true },
      territoryName: { type: localTextSchema, required: true },
      office: { type: localTextSchema, required: true },
      interviewerId: { type: String, required: true },
      samplingPoint: {
        type: new Schema(
          {
            code: { type: String, required: true },
            name: { type: String, required: true },
            stratum: { type: String, required: true },
            settlement: { type: String, required: true },
            clustersInPopulation: { type: Number },
          },
          { _id: false, strict: 'throw' },
        ),
        required: true,
      },
      baseWeight: { type: Number, required: true },
      targetInterviews: { type: Number, required: true },
      quota: { type: Schema.Types.Mixed },
      createdAt: { type: Date, required: true },
    },
    { strict: 'throw', versionKey: false, collection: 'assignments' },
  )
    // One point of one akim is one interviewer's work.
    .index({ waveId: 1, akimId: 1, 'samplingPoint.code': 1 }, { unique: true })
    .index({ waveId: 1, region: 1 })
    .index({ interviewerId: 1, waveId: 1 }),
);

export const assignmentStore = {
  createMany: async (assignments: readonly StoredAssignment[]): Promise<void> => {
    await AssignmentModel.collection.insertMany(assignments as never[], { ordered: true });
  },
  removeMany: async (ids: readonly string[]): Promise<void> => {
    await AssignmentModel.deleteMany({ _id: { $in: [...ids] } });
  },
  listByIds: (ids: readonly string[]) =>
    AssignmentModel.find({ _id: { $in: [...ids] } })
      .lean<StoredAssignment[]>()
      .exec(),
  listOfInterviewer: (interviewerId: string, waveIds: readonly string[]) =>
    AssignmentModel.find({ interviewerId, waveId: { $in: [...waveIds] } })
      .sort({ createdAt: 1, _id: 1 })
      .lean<StoredAssignment[]>()
      .exec(),
  /** Points of these akims that already have an assignment in the wave. */
  listOfAkims: (waveId: string, akimIds: readonly string[]) =>
    AssignmentModel.find({ waveId, akimId: { $in: [...akimIds] } })
      .lean<StoredAssignment[]>()
      .exec(),
  async list(waveId: string, regions: readonly string[] | null, limit: number, offset: number) {
    const filter: QueryFilter<StoredAssignment> = { waveId };
    if (regions !== null) filter.region = { $in: [...regions] };
    const assignments = await AssignmentModel.find(filter)
      .sort({ region: 1, territory: 1, 'samplingPoint.code': 1 })
      .skip(offset)
      .limit(limit)
      .lean<StoredAssignment[]>();
    const total = await totalOf(assignments.length, limit, offset, () =>
      AssignmentModel.countDocuments(filter).exec(),
    );
    return { assignments, total };
  },
};
