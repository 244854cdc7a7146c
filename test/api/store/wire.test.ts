import { type Socket, connect } from 'node:net';
import { BSON, type Document, MongoClient } from 'mongodb';
import { MessageSplitter } from '../../../api/src/store/wire.ts';
import { freshDirectory } from '../../support/store.ts';

let store: Awaited<ReturnType<typeof freshDirectory>>;
let path: string;

beforeAll(async () => {
  store = await freshDirectory();
  path = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(store.uri)![1]);
});

afterAll(() => store.close());

const int = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeInt32LE(value, i * 4));
  return bytes;
};
const bson = (doc: Document): Buffer => Buffer.from(BSON.serialize(doc));
const message = (opcode: number, body: Buffer): Buffer =>
  Buffer.concat([int(16 + body.length, 7, 0, opcode), body]);
const opMsg = (doc: Document, flags = 0, ...more: Buffer[]): Buffer =>
  message(2013, Buffer.concat([int(flags), Buffer.from([0]), bson(doc), ...more]));
const sequence = (name: string, docs: Document[]): Buffer => {
  const body = Buffer.concat([Buffer.from(`${name}\0`), ...docs.map(bson)]);
  return Buffer.concat([Buffer.from([1]), int(body.length + 4), body]);
};

/** A connection that sends bytes and waits for the next answer, or for its end. */
class Line {
  private readonly splitter = new MessageSplitter();
  private readonly answers: Buffer[] = [];
  private readonly waiting: ((answer: Buffer | undefined) => void)[] = [];
  private ended = false;
  private readonly socket: Socket;

  constructor() {
    this.socket = connect(path);
    this.socket.on('data', (chunk: Buffer) => {
      for (const answer of this.splitter.push(chunk)) this.give(Buffer.from(answer));
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.ended = true;
      for (const give of this.waiting.splice(0)) give(undefined);
    });
  }

  private give(answer: Buffer): void {
    const give = this.waiting.shift();
    if (give) give(answer);
    else this.answers.push(answer);
  }

  send(bytes: Buffer): this {
    this.socket.write(bytes);
    return this;
  }

  /** The next answer; undefined when the other side hangs up. */
  next(): Promise<Buffer | undefined> {
    const ready = this.answers.shift();
    if (ready || this.ended) return Promise.resolve(ready);
    return new Promise((found) => this.waiting.push(found));
  }

  end(): void {
    this.socket.destroy();
  }
}

const reply = (answer: Buffer | undefined): Document => BSON.deserialize(answer!.subarray(21));
const ping = { ping: 1, $db: 'admin' };

async function asked(...parts: Buffer[]): Promise<Buffer | undefined> {
  const line = new Line();
  for (const part of parts) line.send(part);
  const answer = await line.next();
  line.end();
  return answer;
}

describe('the wire', () => {
  it('answers the first hello, an OP_QUERY, with an OP_REPLY', async () => {
    const query = Buffer.concat([
      int(0),
      Buffer.from('admin.$cmd\0'),
      int(0, -1),
      bson({ ismaster: 1, helloOk: true }),
    ]);
    const answer = (await asked(message(2004, query)))!;
    expect([answer.readInt32LE(8), answer.readInt32LE(12)]).toEqual([7, 1]);
    expect(BSON.deserialize(answer.subarray(36))).toMatchObject({
      ismaster: true,
      helloOk: true,
      ok: 1,
    });
  });

  it('offers no compression', async () => {
    const answer = await asked(opMsg({ hello: 1, compression: ['zlib', 'snappy'], $db: 'admin' }));
    expect(reply(answer)).not.toHaveProperty('compression');
  });

  it('takes documents as a section of their own, in any order, and a checksum it need not read', async () => {
    const docs = sequence('documents', [{ _id: 1 }, { _id: 2 }]);
    const first = await asked(opMsg({ insert: 'a', $db: 'w' }, 0, docs));
    expect(reply(first)).toEqual({ n: 2, ok: 1 });
    const body = Buffer.concat([
      int(1),
      sequence('documents', [{ _id: 3 }]),
      Buffer.from([0]),
      bson({ insert: 'a', $db: 'w' }),
      int(0),
    ]);
    expect(reply(await asked(message(2013, body)))).toEqual({ n: 1, ok: 1 });
  });

  it('does not answer a message with moreToCome, and goes on', async () => {
    const line = new Line();
    line.send(opMsg({ insert: 'quiet', $db: 'w', documents: [{ _id: 1 }] }, 2));
    line.send(opMsg({ count: 'quiet', $db: 'w' }));
    expect(reply(await line.next())).toMatchObject({ n: 1 });
    line.end();
  });

  it('reads a message that comes byte by byte, and two that come at once', async () => {
    const line = new Line();
    for (const byte of opMsg(ping)) line.send(Buffer.from([byte]));
    expect(reply(await line.next())).toEqual({ ok: 1 });
    line.send(Buffer.concat([opMsg(ping), opMsg({ nope: 1, $db: 'admin' })]));
    expect(reply(await line.next())).toEqual({ ok: 1 });
    expect(reply(await line.next())).toMatchObject({ ok: 0, code: 59 });
    line.end();
  });

  const broken = bson({ a: 'text', b: { c: 1 } });
  const damaged = (at: number, value: number): Buffer => {
    const bytes = Buffer.from(broken);
    bytes.writeInt32LE(value, at);
    return message(2013, Buffer.concat([int(0), Buffer.from([0]), bytes]));
  };

  it.each<[string, Buffer]>([
    ['of negative length', int(-1, 0, 0, 2013)],
    ['longer than any may be', int(0x7fffffff, 0, 0, 2013)],
    ['of an unknown kind', message(2012, int(0, 0))],
    ['without a body', message(2013, int(0))],
    ['with unknown flags', opMsg(ping, 8)],
    ['with a section past its end', opMsg(ping, 0, Buffer.from([1]), int(1000))],
    ['whose document is too long', damaged(0, 5000)],
    ['whose text is too long', damaged(7, 900)],
    ['whose text has a negative length', damaged(7, -5)],
    ['in clear text', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ])('hangs up on a message %s, and serves the others', async (_what, bytes) => {
    expect(await asked(bytes)).toBeUndefined();
    expect(reply(await asked(opMsg(ping)))).toEqual({ ok: 1 });
  });

  it('survives a thousand damaged messages', async () => {
    const whole = opMsg({
      find: 'a',
      filter: { a: { $in: [1, 'x', null] } },
      sort: { a: 1 },
      $db: 'w',
    });
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let i = 0; i < 1000; i += 50) {
      const lines = Array.from({ length: 50 }, () => {
        const bytes = Buffer.from(whole);
        for (let k = 0; k <= random(3); k++) bytes[16 + random(bytes.length - 16)] = random(256);
        return new Line().send(bytes);
      });
      let timer: NodeJS.Timeout;
      await Promise.race([
        Promise.all(lines.map((line) => line.next())),
        new Promise((resolve) => (timer = setTimeout(resolve, 2000))),
      ]).finally(() => clearTimeout(timer));
      lines.forEach((line) => line.end());
    }
    expect(reply(await asked(opMsg(ping)))).toEqual({ ok: 1 });
  });

  it('closes the store while clients are connected', async () => {
    const other = await freshDirectory();
    const client = await MongoClient.connect(other.uri);
    await client.db().collection('a').insertOne({ a: 1 });
    await other.close();
    await client.close();
  });
});
