import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import {
  type BodyOf,
  type FileReply,
  type Operation,
  type ParamsOf,
  type QueryOf,
  type ReplyOf,
  spreadsheetType,
} from '../contracts/operation.ts';
import type { FieldFault } from '../contracts/problem.ts';
import type { SessionUser } from '../contracts/session.ts';
import { may } from '../domain/permissions.ts';
import { Problem } from '../problem.ts';
import { contextOf, type DeviceIdentity, type RequestContext } from './context.ts';

type ActorOf<O extends Operation> = O extends { access: 'anyone' } | { deviceMay: true }
  ? SessionUser | null
  : SessionUser;

export interface Call<O extends Operation> {
  params: ParamsOf<O>;
  query: QueryOf<O>;
  body: BodyOf<O>;
  actor: ActorOf<O>;
  /** The tablet that asks, where it showed its credential. */
  device: DeviceIdentity | null;
  request: Request;
  response: Response;
}

type Handler<O extends Operation> = (call: Call<O>) => Promise<ReplyOf<O>> | ReplyOf<O>;

interface EndpointOptions {
  /** The handler returns one same object until its content changes: it is serialised once, with an ETag. */
  sharedReply?: boolean;
  /** Is given a body that could not be read or did not fit, before the problem is answered. */
  onUnreadableBody?: (handing: RequestContext, fields: FieldFault[]) => Promise<void>;
}

/** Every fault that zod found, with its dotted path. */
export function faultsOf(error: z.ZodError, root: string): FieldFault[] {
  return error.issues.map((fault) => ({
    path: [root, ...fault.path.map(String)].join('.'),
    message: fault.message,
  }));
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Other encodings would become U+FFFD and be stored so: letters that nobody gets back. */
function bodyText(response: Response, mend: string): string {
  try {
    return utf8.decode(contextOf(response).raw);
  } catch {
    throw new Problem('not_utf8', { detail: mend });
  }
}

function parseJson(response: Response): unknown {
  const text = bodyText(response, 'Send it in UTF-8.');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('invalid_json', { detail: (error as Error).message.slice(0, 200) });
  }
}

function readBody(operation: Operation, request: Request, response: Response): unknown {
  if (operation.body === undefined) return undefined;
  const wanted = operation.bodyType ?? 'application/json';
  if (!request.is(wanted)) {
    throw new Problem('unsupported_media_type', { detail: `Send it as ${wanted}.` });
  }
  if (wanted === spreadsheetType) return { file: new Uint8Array(contextOf(response).raw) };
  return wanted === 'text/csv'
    ? { csv: bodyText(response, 'Save the file as "CSV UTF-8" and send it again.') }
    : parseJson(response);
}

/** Parses path, query and body together, so that one answer names every fault. */
function parseInput(operation: Operation, request: Request, response: Response) {
  const faults: FieldFault[] = [];
  const parse = (schema: z.ZodType | undefined, value: unknown, root: string): unknown => {
    if (schema === undefined) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    faults.push(...faultsOf(parsed.error, root));
    return undefined;
  };
  const params = parse(operation.params, request.params, 'path');
  const query = parse(operation.query, request.query, 'query');
  const body = parse(operation.body, readBody(operation, request, response), 'body');
  // A path that cannot exist is not there; telling its format would only help a guesser.
  if (faults.some((fault) => fault.path.startsWith('path.'))) throw new Problem('not_found');
  if (faults.length > 0) throw new Problem('invalid_input', { fields: faults.slice(0, 100) });
  return { params, query, body };
}

async function readInput(
  operation: Operation,
  request: Request,
  response: Response,
  { onUnreadableBody }: EndpointOptions,
) {
  try {
    return parseInput(operation, request, response);
  } catch (error) {
    const context = contextOf(response);
    if (error instanceof Problem && onUnreadableBody && context.raw.length > 0) {
      const fields = error.details.fields ?? [{ path: 'body', message: error.message }];
      await onUnreadableBody(context, fields);
    }
    throw error;
  }
}

/** Refuses whoever may not call the operation, before anything of the input is read. */
function authorise(operation: Operation, { actor, device }: RequestContext): void {
  if (operation.access === 'anyone') return;
  if (operation.deviceMay && device !== null && actor === null) return;
  if (actor === null) throw new Problem('not_signed_in');
  if (operation.access !== 'signed-in' && !may(actor, operation.access)) {
    throw new Problem('forbidden');
  }
}

interface Serialised {
  json: Buffer;
  gzip: Buffer;
  etag: string;
}
const serialised = new WeakMap<object, Serialised>();

function serialise(operation: Operation, reply: object): Serialised {
  const known = serialised.get(reply);
  if (known !== undefined) return known;
  const json = Buffer.from(JSON.stringify(operation.reply.parse(reply)));
  const etag = `"${createHash('sha256').update(json).digest('base64url').slice(0, 27)}"`;
  const made = { json, gzip: gzipSync(json, { level: 5 }), etag };
  serialised.set(reply, made);
  return made;
}

function sendShared(operation: Operation, reply: object, request: Request, response: Response) {
  const { json, gzip, etag } = serialise(operation, reply);
  response.setHeader('ETag', etag);
  response.setHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === etag) return response.status(304).end();
  response.type('application/json');
  if (!request.acceptsEncodings('gzip')) return response.end(json);
  response.setHeader('Content-Encoding', 'gzip');
  return response.end(gzip);
}

/** Sends a file to be kept, never to be shown as a page of this origin. */
function sendFile(reply: unknown, response: Response): void {
  const { name, type, bytes } = reply as FileReply;
  response.attachment(name).type(type).end(Buffer.from(bytes));
}

/**
 * One operation as an express handler: who may, all faults of the input at once, the handler, and a
 * reply that holds only what the contract names.
 */
export function endpoint<O extends Operation>(
  operation: O,
  handler: Handler<O>,
  options: EndpointOptions = {},
): RequestHandler {
  return async (request, response) => {
    response.locals.operation = `${operation.method} ${operation.path}`;
    const context = contextOf(response);
    authorise(operation, context);
    const { actor, device } = context;
    const input = await readInput(operation, request, response, options);
    const reply = await handler({ ...input, actor, device, request, response } as Call<O>);
    response.setHeader('Cache-Control', 'private, no-cache');
    if (options.sharedReply) {
      sendShared(operation, reply as object, request, response);
      return;
    }
    if (operation.replyType === 'file') {
      sendFile(operation.reply.parse(reply), response);
      return;
    }
    response.status(operation.status ?? 200).json(operation.reply.parse(reply));
  };
}

/** Mounts an operation on its contract's method and path. */
export function mount<O extends Operation>(
  router: Router,
  operation: O,
  handler: Handler<O>,
  options?: EndpointOptions,
): void {
  router[operation.method](operation.path, endpoint(operation, handler, options));
}
