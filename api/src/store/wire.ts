/** The wire protocol: OP_MSG, and the OP_QUERY with which a driver says hello. Compression is never offered. */
import { type Raw, T, checkDocument, documentOf, entriesOf } from './raw.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;
export const LARGEST_MESSAGE = 48_000_000;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;

/** A request: its body, with the documents of kind-1 sections joined in under their names. */
export interface Request {
  readonly id: number;
  readonly legacy: boolean;
  /** The sender does not read an answer (w: 0). */
  readonly silent: boolean;
  readonly body: Raw;
  readonly sequences: ReadonlyMap<string, readonly Raw[]>;
  /** The database of an OP_QUERY; OP_MSG carries it as $db. */
  readonly database: string | undefined;
}

/** Bytes that are no request; the connection is closed. */
export class ProtocolError extends Error {}

/** Cuts a stream of bytes into messages. */
export class MessageSplitter {
  private chunks: Buffer[] = [];
  private size = 0;

  push(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk);
    this.size += chunk.length;
    const messages: Buffer[] = [];
    while (this.size >= 4) {
      const length = this.peekLength();
      if (length < HEADER || length > LARGEST_MESSAGE) {
        throw new ProtocolError(`a message of ${length} bytes`);
      }
      if (this.size < length) break;
      const all = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
      messages.push(all.subarray(0, length));
      const rest = all.subarray(length);
      this.chunks = rest.length ? [rest] : [];
      this.size = rest.length;
    }
    return messages;
  }

  private peekLength(): number {
    if (this.chunks[0]!.length < 4) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0]!.readInt32LE(0);
  }
}

export function parseMessage(message: Buffer): Request {
  try {
    const id = message.readInt32LE(4);
    const opcode = message.readInt32LE(12);
    if (opcode === OP_MSG) return parseOpMsg(message, id);
    if (opcode === OP_QUERY) return parseOpQuery(message, id);
    throw new ProtocolError(`opcode ${opcode}`);
  } catch (error) {
    if (error instanceof RangeError) throw new ProtocolError('a message cut short');
    throw error;
  }
}

function parseOpMsg(message: Buffer, id: number): Request {
  const flags = message.readUInt32LE(HEADER);
  const unknown = flags & 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME);
  if (unknown) throw new ProtocolError(`OP_MSG flags ${flags}`);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const sequences = new Map<string, Raw[]>();
  let body: Raw | undefined;
  let at = HEADER + 4;
  while (at < end) {
    const kind = message[at++];
    if (kind === 0) {
      body = documentOf(message, at);
      at = body.end;
    } else if (kind === 1) {
      const stop = at + message.readInt32LE(at);
      if (stop > end || stop < at + 6) throw new ProtocolError('a section past its message');
      readSequence(message, at + 4, stop, sequences);
      at = stop;
    } else throw new ProtocolError(`section kind ${kind}`);
  }
  if (!body || at !== end) throw new ProtocolError('an OP_MSG without a body');
  checkDocument(body);
  return {
    id,
    legacy: false,
    silent: !!(flags & MORE_TO_COME),
    body,
    sequences,
    database: undefined,
  };
}

function readSequence(
  message: Buffer,
  from: number,
  stop: number,
  sequences: Map<string, Raw[]>,
): void {
  const nameEnd = message.indexOf(0, from);
  const docs: Raw[] = [];
  let at = nameEnd + 1;
  while (at < stop) {
    const doc = documentOf(message, at);
    checkDocument(doc);
    docs.push(doc);
    at = doc.end;
  }
  sequences.set(message.toString('utf8', from, nameEnd), docs);
}

function parseOpQuery(message: Buffer, id: number): Request {
  const nameEnd = message.indexOf(0, HEADER + 4);
  const namespace = message.toString('utf8', HEADER + 4, nameEnd);
  let body = documentOf(message, nameEnd + 9);
  checkDocument(body);
  const wrapped = entriesOf(body).find(([name]) => name === '$query' || name === 'query');
  if (wrapped?.[1].type === T.object) body = wrapped[1];
  const database = namespace.split('.')[0]!;
  return { id, legacy: true, silent: false, body, sequences: new Map(), database };
}

let nextId = 1;

/** The bytes of an answer. */
export function encodeReply(request: Pick<Request, 'id' | 'legacy'>, reply: Raw): Buffer[] {
  const head = Buffer.alloc(request.legacy ? HEADER + 20 : HEADER + 5);
  head.writeInt32LE(head.length + reply.size, 0);
  head.writeInt32LE(nextId++ | 0, 4);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    head.writeInt32LE(8, HEADER); // AwaitCapable
    head.writeInt32LE(1, HEADER + 16); // one document
  }
  return [head, reply.bytes()];
}
