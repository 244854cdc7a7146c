import { z } from 'zod';
import { kato, level, localText, uuid } from './common.ts';
import { operation } from './operation.ts';

export const settlement = z.enum(['urban', 'rural']);

/** A cluster (PSU) on the ground. */
export const samplingPoint = z.object({
  /** Unique within the akim's territory and wave; the cluster of the variance. */
  code: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  stratum: z.string().min(1).max(64),
  settlement,
  /** How many clusters the akim's stratum has in all, drawn or not: for the finite population correction. */
  clustersInPopulation: z.number().int().min(1).max(1_000_000).optional(),
});

/** How the interviews of an assignment are shared out over sex × age: a hint, which never stops an interview. */
export const quota = z.object({
  /** Questions whose answers say which cell a respondent is in. */
  sexQuestion: z.string(),
  ageQuestion: z.string(),
  cells: z.array(
    z.object({
      sex: z.enum(['female', 'male']),
      /** Name of the age band: 18-29, 61+. */
      age: z.string(),
      target: z.number().int().min(0),
    }),
  ),
});
export type Quota = z.infer<typeof quota>;

/** One interviewer's work at one sampling point for one akim. */
export const assignment = z.object({
  id: uuid,
  waveId: uuid,
  akimId: uuid,
  level,
  region: kato,
  territory: kato,
  territoryName: localText,
  /** The office as read out to the respondent. */
  office: localText,
  interviewerId: uuid,
  interviewerName: z.string(),
  samplingPoint,
  /** 1 / inclusion probability of a respondent at this point. */
  baseWeight: z.number().positive().max(1e9),
  targetInterviews: z.number().int().min(1).max(1000),
  interviewsReceived: z.number().int(),
  /** None where the wave has no official figures by sex and age. */
  quota: quota.optional(),
});
export type Assignment = z.infer<typeof assignment>;

export const listAssignments = operation({
  method: 'get',
  path: '/assignments',
  summary: 'Assignments of a wave, of the own regions for a supervisor',
  access: 'assignments.read',
  query: z.object({
    wave: uuid,
    region: kato.optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  reply: z.object({ assignments: z.array(assignment), total: z.number().int() }),
});

export const createAssignments = operation({
  method: 'post',
  path: '/assignments',
  summary: 'Hand out work: all the assignments or none',
  access: 'assignments.create',
  body: z.object({
    waveId: uuid,
    assignments: z
      .array(
        z.object({
          akimId: uuid,
          /** Login of the interviewer. */
          interviewer: z.string().min(1).max(100),
          samplingPoint,
          baseWeight: z.number().positive().max(1e9),
          targetInterviews: z.number().int().min(1).max(1000),
        }),
      )
      .min(1)
      .max(500),
  }),
  reply: z.object({ assignments: z.array(assignment) }),
  status: 201,
});

/** Interviewers a supervisor can hand work to. */
export const listInterviewers = operation({
  method: 'get',
  path: '/interviewers',
  summary: 'Interviewers of the own regions',
  access: 'assignments.create',
  reply: z.object({
    interviewers: z.array(
      z.object({ id: uuid, login: z.string(), name: z.string(), regions: z.array(kato) }),
    ),
  }),
});
