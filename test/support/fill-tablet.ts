import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { QuestionnaireVersion } from '../../api/src/contracts/questionnaires.ts';
import { pin } from './pin-on-screen.ts';
import { someInterviews } from './small-world.ts';
import type { Filling } from './tablet-filler.ts';

let filler: Promise<string> | null = null;

async function bundleFiller(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(__dirname, 'tablet-filler.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return outputFiles[0].text;
}

/**
 * Sealed interviews on the tablet of this page, as if they had been taken one by one; nothing is sent.
 * @param refused so many of them, as if they had been sent and the server had not taken them
 */
export async function fillTablet(
  page: Page,
  assignment: Assignment,
  version: QuestionnaireVersion,
  count: number,
  refused = 0,
): Promise<void> {
  const filling: Filling = {
    pin,
    assignmentId: assignment.id,
    answers: someInterviews(count, assignment, version).map(({ answers }) => answers),
    refused,
  };
  // Evaluated as a debugger does: the page's own rules forbid scripts from elsewhere.
  await page.evaluate(await (filler ??= bundleFiller()));
  await page.evaluate(`fillTablet(${JSON.stringify(filling)})`);
}
