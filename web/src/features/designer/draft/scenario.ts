import { z } from 'zod';
import { locale } from '@akimetr/api/contracts/common';

/** A recorded respondent: answers that are given again to every later text, and what came of them when recorded. */
export const scenario = z.object({
  name: z.string().trim().min(1).max(200),
  language: locale,
  answers: z.record(z.string(), z.unknown()),
  expected: z
    .object({
      asked: z.array(z.string()),
      scores: z.record(z.string(), z.number().nullable()),
    })
    .nullable(),
});
export type Scenario = z.infer<typeof scenario>;
