import { buildWebIfStale } from '../../scripts/build-web.ts';

/** Before the end-to-end tests: the web app that the server serves is of these very sources. */
export default async function setUp(): Promise<void> {
  await buildWebIfStale();
}
