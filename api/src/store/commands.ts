/** From a request to a reply: which command, and how a failure is told. */
import { Options } from './command-options.ts';
import * as admin from './commands-admin.ts';
import * as indexes from './commands-indexes.ts';
import * as read from './commands-read.ts';
import * as write from './commands-write.ts';
import type { Engine } from './engine.ts';
import { CommandError, notSupported } from './errors.ts';
import { BsonError, type Raw } from './raw.ts';
import type { Request } from './wire.ts';
import { buildDocument } from './writer.ts';

type Command = (engine: Engine, options: Options) => Raw | Promise<Raw>;

const COMMANDS = new Map<string, Command>(
  Object.entries({
    hello: admin.hello,
    isMaster: admin.hello,
    ismaster: admin.hello,
    ping: admin.ping,
    buildInfo: admin.buildInfo,
    buildinfo: admin.buildInfo,
    endSessions: admin.endSessions,
    create: admin.create,
    drop: admin.drop,
    dropDatabase: admin.dropDatabase,
    listCollections: admin.listCollections,
    listDatabases: admin.listDatabases,
    createIndexes: indexes.createIndexes,
    listIndexes: indexes.listIndexes,
    dropIndexes: indexes.dropIndexes,
    deleteIndexes: indexes.dropIndexes,
    find: read.find,
    getMore: read.getMore,
    killCursors: read.killCursors,
    count: read.count,
    distinct: read.distinct,
    aggregate: read.aggregate,
    insert: write.insert,
    update: write.update,
    delete: write.remove,
    findAndModify: write.findAndModify,
    findandmodify: write.findAndModify,
  }),
);

export async function execute(engine: Engine, request: Request): Promise<Raw> {
  try {
    const options = new Options(request);
    const command = COMMANDS.get(options.command);
    if (!command) throw notSupported(`no such command: '${options.command}': it`, 59);
    return await command(engine, options);
  } catch (error) {
    return errorReply(asCommandError(error));
  }
}

function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (error instanceof BsonError) return new CommandError(22, error.message);
  return new CommandError(
    1,
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
}

function errorReply(error: CommandError): Raw {
  return buildDocument((writer) => {
    writer.double('ok', 0).string('errmsg', error.message).int('code', error.code);
    writer.string('codeName', error.codeName);
    for (const [name, value] of Object.entries(error.details)) writer.raw(name, value);
  });
}
