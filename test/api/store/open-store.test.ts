import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import { openStore } from '../../../api/src/store/open-store.ts';
import { freshStore } from '../../support/store.ts';
import { startStoreProcess } from '../../support/store-process.ts';

const folders: string[] = [];

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'akimetr-open-'));
  folders.push(path);
  return path;
}

afterAll(async () => {
  for (const path of folders) await rm(path, { recursive: true, force: true });
});

async function withClient<R>(uri: string, use: (client: MongoClient) => Promise<R>): Promise<R> {
  const client = await MongoClient.connect(uri);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

describe('openStore', () => {
  it('gives an address the official driver can use', async () => {
    const store = await freshStore();
    await withClient(store.uri, async (client) => {
      const pets = client.db().collection<{ _id: number; name: string }>('pets');
      await pets.insertOne({ _id: 1, name: 'Barsik' });
      expect(await pets.findOne({ name: 'Barsik' })).toEqual({ _id: 1, name: 'Barsik' });
    });
    await store.close();
  });

  it('passes a MongoDB address through and starts nothing', async () => {
    const mongodbUri = 'mongodb://db.example:27017/akimetr?replicaSet=rs0';
    const store = await openStore({ mongodbUri, dataDir: '/nowhere' });
    expect(store).toMatchObject({ uri: mongodbUri, engine: 'mongodb' });
    await store.close();
  });

  it.each(['postgres://db/akimetr', 'mongodb://', 'mongodb+srv://a:27017/', 'nonsense'])(
    'refuses the address %s',
    async (mongodbUri) => {
      await expect(openStore({ mongodbUri, dataDir: '/nowhere' })).rejects.toMatchObject({
        code: 'bad-uri',
        message: expect.stringMatching(/^MONGODB_URI is not a MongoDB address: [^\n]+$/),
      });
    },
  );

  it('keeps what was written when it is opened again', async () => {
    const dataDir = await folder();
    const first = await openStore({ dataDir });
    await withClient(first.uri, async (client) => {
      const notes = client.db().collection('notes');
      await notes.createIndex({ n: 1 }, { unique: true });
      await notes.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }]);
      await notes.deleteOne({ n: 2 });
    });
    await first.close();
    expect(await readdir(dataDir)).toEqual(['store']);
    const second = await openStore({ dataDir });
    await withClient(second.uri, async (client) => {
      const notes = client.db().collection('notes');
      expect(await notes.countDocuments({ n: { $gt: 0 } })).toBe(2);
      expect(await notes.estimatedDocumentCount()).toBe(2);
      await expect(notes.insertOne({ n: 3 })).rejects.toMatchObject({ code: 11000 });
      await notes.insertOne({ n: 2 });
    });
    await second.close();
  });

  it('refuses a directory another opener uses, in this process or another', async () => {
    const dataDir = await folder();
    const holder = await startStoreProcess(dataDir);
    const inUse = {
      code: 'directory-in-use',
      message: expect.stringMatching(/is already used by a running Akimetr[^\n]*$/),
    };
    await expect(openStore({ dataDir })).rejects.toMatchObject(inUse);
    await holder.end();
    const mine = await openStore({ dataDir });
    await expect(openStore({ dataDir })).rejects.toMatchObject(inUse);
    await mine.close();
  });

  it('lets exactly one of several simultaneous openers in', async () => {
    const dataDir = await folder();
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => openStore({ dataDir })));
    const opened = tries.filter((one) => one.status === 'fulfilled');
    expect(opened).toHaveLength(1);
    for (const { value } of opened) await value.close();
  });

  it('opens a directory whose process was killed', async () => {
    const dataDir = await folder();
    const holder = await startStoreProcess(dataDir);
    await holder.kill();
    const store = await openStore({ dataDir });
    await store.close();
    expect(await readdir(dataDir)).toEqual(['store']);
  });

  it('works where the path is too long for a socket', async () => {
    const dataDir = join(await folder(), 'x'.repeat(120));
    const store = await openStore({ dataDir });
    await withClient(store.uri, (client) => client.db().command({ ping: 1 }));
    await store.close();
  });

  it('names a data directory that cannot be written', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    await expect(openStore({ dataDir: join(file, 'data') })).rejects.toMatchObject({
      code: 'directory-unwritable',
      message: expect.stringMatching(
        /^The data directory .*\/file\/data cannot be written: [^\n]+$/,
      ),
    });
  });

  it('refuses a directory that holds something else', async () => {
    const dataDir = await folder();
    await mkdir(join(dataDir, 'store'));
    await writeFile(join(dataDir, 'store', 'thesis.doc'), 'hello');
    await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'directory-unusable' });
  });

  it.each([
    [
      'overwritten',
      (file: string): Promise<void> => writeFile(file, 'not a database'.repeat(1000)),
    ],
    ['cut short', (file: string): Promise<void> => truncate(file, 9000)],
  ])('refuses a database file that was %s', async (_how, damage) => {
    const dataDir = await folder();
    const store = await openStore({ dataDir });
    await withClient(store.uri, (client) =>
      client
        .db()
        .collection('c')
        .insertMany(Array.from({ length: 500 }, (_, n) => ({ n }))),
    );
    await store.close();
    await damage(join(dataDir, 'store', 'data.mdb'));
    await expect(openStore({ dataDir })).rejects.toMatchObject({
      code: 'directory-unusable',
      message: expect.stringMatching(/cannot be read[^\n]*$/),
    });
  });
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function runCli(...args: string[]): {
  ended: Promise<Ended>;
  firstLine: Promise<string>;
  stop(): void;
} {
  const cli = resolve(__dirname, '../../../api/src/store/store-cli.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args]);
  let output = '';
  const firstLine = new Promise<string>((found) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        if (output.includes('\n')) found(output.split('\n')[0]);
      });
    }
  });
  const ended = new Promise<Ended>((done) => child.on('exit', (code) => done({ code, output })));
  return { ended, firstLine, stop: () => child.kill('SIGTERM') };
}

describe('npm run store', () => {
  it('prints its address, serves it and ends on SIGTERM', async () => {
    const cli = runCli('--dir', await folder(), '--port', '0');
    const line = await cli.firstLine;
    expect(line).toMatch(/^MONGODB_URI=mongodb:\/\/127\.0\.0\.1:\d+\/\?directConnection=true$/);
    await withClient(line.replace('MONGODB_URI=', ''), async (client) => {
      await client.db('shop').collection('c').insertOne({ a: 1 });
      expect(await client.db('shop').collection('c').countDocuments()).toBe(1);
    });
    cli.stop();
    expect(await cli.ended).toMatchObject({ code: 0 });
  });

  it('says in one line what is wrong with its arguments or its port', async () => {
    const first = runCli('--dir', await folder(), '--port', '0');
    const port = /:(\d+)\//.exec(await first.firstLine)![1];
    const taken = await runCli('--dir', await folder(), '--port', port).ended;
    expect(taken).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^The store cannot listen on port \d+: it is already taken\n$/),
    });
    const bare = await runCli().ended;
    expect(bare).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^--dir is missing; usage: [^\n]+\n$/),
    });
    first.stop();
    await first.ended;
  });
});
