import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/** How one kind of request went: every latency, in ms, and how long all took together. */
export interface Load {
  latenciesMs: number[];
  elapsedMs: number;
}

/** Posts and reads as a signed-in person over kept connections, as a load generator. */
export class LoadClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #url: string;
  readonly #cookie: string;

  constructor(url: string, cookie: string) {
    this.#url = `${url}/api/v1`;
    this.#cookie = cookie;
  }

  /** @throws Error with the body when the status is not the one expected */
  send(method: string, path: string, body?: Buffer, expected = 200): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        this.#url + path,
        {
          method,
          agent: this.#agent,
          headers: {
            cookie: this.#cookie,
            ...(method === 'GET' ? { 'accept-encoding': 'gzip' } : {}),
            ...(body ? { 'content-type': 'application/json', 'content-length': body.length } : {}),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const reply = Buffer.concat(chunks);
            if (response.statusCode === expected) resolve(reply);
            else
              reject(
                new Error(`${path}: ${response.statusCode} ${reply.toString().slice(0, 300)}`),
              );
          });
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Sends every body, `concurrency` at a time, and has every reply checked. */
  async postAll(
    path: string,
    bodies: readonly Buffer[],
    concurrency: number,
    check: (reply: Buffer) => void,
  ): Promise<Load> {
    return this.#run(bodies.length, concurrency, async (place) =>
      check(await this.send('POST', path, bodies[place])),
    );
  }

  async getMany(path: string, times: number, concurrency: number): Promise<Load> {
    return this.#run(times, concurrency, () => this.send('GET', path));
  }

  async #run(count: number, concurrency: number, one: (place: number) => Promise<unknown>) {
    const latenciesMs: number[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let place = next++; place < count; place = next++) {
        const before = performance.now();
        await one(place);
        latenciesMs.push(performance.now() - before);
      }
    };
    const begun = performance.now();
    await Promise.all(Array.from({ length: concurrency }, work));
    return { latenciesMs, elapsedMs: performance.now() - begun };
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The p-th percentile (0–100) of some latencies, by the nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((p / 100) * ordered.length));
  return ordered[rank - 1] ?? Number.NaN;
}
