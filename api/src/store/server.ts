/** The listening side: one connection is one conversation, answered in the order it was asked. */
import { type Server, type Socket, createServer } from 'node:net';
import { execute } from './commands.ts';
import type { Engine } from './engine.ts';
import { BsonError } from './raw.ts';
import { MessageSplitter, ProtocolError, type Request, encodeReply, parseMessage } from './wire.ts';

export type Address = { path: string } | { port: number; host: string };

export class StoreServer {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private engine: Engine | undefined;

  constructor() {
    this.server = createServer((socket) => this.serve(socket));
  }

  /** Connections are accepted from now on, and answered once `attach` has given the engine. */
  listen(address: Address): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(address, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  attach(engine: Engine): void {
    this.engine = engine;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  private serve(socket: Socket): void {
    if (!this.engine) {
      socket.end(); // somebody only wants to know whether we live
      return;
    }
    this.sockets.add(socket);
    socket.setNoDelay(true);
    const conversation = new Conversation(this.engine, socket);
    socket.on('data', (chunk: Buffer) => conversation.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

class Conversation {
  private readonly splitter = new MessageSplitter();
  private last: Promise<void> = Promise.resolve();
  private readonly engine: Engine;
  private readonly socket: Socket;

  constructor(engine: Engine, socket: Socket) {
    this.engine = engine;
    this.socket = socket;
  }

  receive(chunk: Buffer): void {
    try {
      for (const message of this.splitter.push(chunk)) {
        const request = parseMessage(message);
        this.last = this.last.then(() => this.answer(request));
      }
    } catch (error) {
      if (!(error instanceof ProtocolError) && !(error instanceof BsonError)) throw error;
      this.socket.destroy();
    }
  }

  private async answer(request: Request): Promise<void> {
    const reply = await execute(this.engine, request);
    if (request.silent || this.socket.destroyed) return;
    this.socket.cork();
    for (const part of encodeReply(request, reply)) this.socket.write(part);
    this.socket.uncork();
  }
}
