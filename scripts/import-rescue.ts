/**
 * Imports rescue files of tablets through the API, as the web page does. Again is as good as once.
 * What became of each piece goes to standard output, everything else to standard error.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { RescueReport } from '@akimetr/api/contracts/rescue';
import { HttpClient, RequestFailed } from './http-client.ts';

const usage = `AKIMETR_PASSWORD=… npm run -s import-rescue -- --login LOGIN [--url http://localhost:3000] FILE…

A supervisor imports for the own regions, an administrator for all.`;

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Ends with one line; 1 = a file or the server is at fault, 2 = the command line is. */
function stop(line: string, code: 1 | 2): never {
  say(line);
  process.exit(code);
}

interface Order {
  login: string;
  password: string;
  url: string;
  files: string[];
}

function readOrder(): Order {
  const options = { login: { type: 'string' }, url: { type: 'string' } } as const;
  const read = () => parseArgs({ options, allowPositionals: true });
  let given: ReturnType<typeof read>;
  try {
    given = read();
  } catch (error) {
    return stop(`${(error as Error).message}\n${usage}`, 2);
  }
  const { values, positionals: files } = given;
  const password = process.env.AKIMETR_PASSWORD;
  if (!values.login || !password || files.length === 0) return stop(usage, 2);
  return { login: values.login, password, url: values.url ?? 'http://localhost:3000', files };
}

function readFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    return stop(`${path}: cannot be read, or is not whole (${(error as Error).message})`, 1);
  }
}

/** @returns whether the server holds all of the file now: drafts are kept for a person */
async function importFile(client: HttpClient, path: string): Promise<boolean> {
  const report = await client.post<RescueReport>('/rescue', readFile(path));
  const line = (what: string, id: string, outcome: string) =>
    process.stdout.write(`${basename(path)}\t${what}\t${id}\t${outcome}\n`);
  for (const { deviceSequence, id, receipt } of report.interviews) {
    const reasons = receipt?.reasons?.map(({ code }) => code).join(', ');
    line(
      `${deviceSequence}`,
      id,
      [receipt?.status ?? 'damaged', reasons].filter(Boolean).join(': '),
    );
  }
  for (const { id, receipt } of report.contacts) {
    const outcome = [receipt?.status ?? 'damaged', receipt?.reasons?.join(', ')];
    line('contact attempt', id, outcome.filter(Boolean).join(': '));
  }
  for (const { id, status } of report.drafts) line('draft', id, status);
  const isHeld = ({ receipt }: { receipt: { status: string } | null }) =>
    ['stored', 'duplicate'].includes(receipt?.status ?? 'damaged');
  return (
    report.interviews.every(isHeld) &&
    report.contacts.every(isHeld) &&
    report.drafts.every(({ status }) => status === 'kept')
  );
}

async function main(): Promise<void> {
  const { login, password, url, files } = readOrder();
  let allHeld = true;
  try {
    const client = await new HttpClient(url).signIn(login, password);
    for (const path of files) allHeld = (await importFile(client, path)) && allHeld;
  } catch (error) {
    if (error instanceof RequestFailed) stop(error.message, 1);
    stop(`${url} is not reached (${(error as Error).message})`, 1);
  }
  if (!allHeld) stop('Not all of it is stored: see the lines above and the quarantine.', 1);
}

await main();
