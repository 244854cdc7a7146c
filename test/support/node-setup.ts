import { buildServerIfStale } from '../../scripts/build-server.ts';

/** Before the tests of the node project: the server and its threads are of these very sources. */
export default async function setUp(): Promise<void> {
  await buildServerIfStale();
}
