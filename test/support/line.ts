import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** The line between a tablet and the server, which a test can let hang at a chosen moment. */
export interface Line {
  /** Where the tablet finds the server. */
  readonly url: string;
  /**
   * The next message of this kind gets stuck: a `request` never reaches the server, an `answer` never comes back,
   * though the server has done its work.
   * @param message as in `POST /api/v1/interviews`
   * @returns resolves when it is stuck
   */
  hang(what: 'request' | 'answer', message: string): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly what: 'request' | 'answer';
  readonly message: string;
  readonly stuck: () => void;
}

export async function startLine(server: string): Promise<Line> {
  let waiting: Waiting | null = null;
  const sockets = new Set<Socket>();

  /** @returns whether the message is stuck here, from now on for good */
  const isStuck = (what: Waiting['what'], { method, url }: IncomingMessage): boolean => {
    if (waiting?.what !== what || waiting.message !== `${method} ${url}`) return false;
    waiting.stuck();
    waiting = null;
    return true;
  };

  const carry = (asked: IncomingMessage, answer: ServerResponse): void => {
    if (isStuck('request', asked)) return;
    const { method, headers } = asked;
    const onward = request(new URL(asked.url!, server), { method, headers }, (answered) => {
      if (isStuck('answer', asked)) return void answered.resume();
      answer.writeHead(answered.statusCode!, answered.headers);
      answered.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  };

  const listener = createServer(carry);
  listener.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
  const { port } = listener.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    hang: (what, message) =>
      new Promise((stuck) => {
        waiting = { what, message, stuck };
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => listener.close(closed));
    },
  };
}
