import type {
  Operation,
  ParamsOf,
  ReplyOf,
  SentBody,
  SentQuery,
} from '@akimetr/api/contracts/operation';
import { spreadsheetType } from '@akimetr/api/contracts/operation';
import { problemCode } from '@akimetr/api/contracts/problem';
import type { ProblemBody } from '@akimetr/api/contracts/problem';
import { ApiProblem, NetworkProblem } from './problems.ts';

/** Vite and jest both replace or define it; anything but `production` checks every reply. */
declare const process: { env: { NODE_ENV?: string } };

export { ApiProblem, NetworkProblem };

type Needed<Name extends string, Value> = [Value] extends [undefined]
  ? { [K in Name]?: undefined }
  : { [K in Name]: Value };
type QueryPart<O extends Operation> = [SentQuery<O>] extends [undefined]
  ? { query?: undefined }
  : object extends SentQuery<O>
    ? { query?: SentQuery<O> }
    : { query: SentQuery<O> };

/** What a call of this operation must and may carry. */
export type CallOptions<O extends Operation> = Needed<'params', ParamsOf<O>> &
  QueryPart<O> &
  Needed<'body', SentBody<O>> & {
    signal?: AbortSignal;
    /** Compress the body, where the browser can: batches of interviews over a thin line. */
    gzip?: boolean;
  };
type CallArguments<O extends Operation> =
  object extends CallOptions<O> ? [options?: CallOptions<O>] : [options: CallOptions<O>];

interface AnyOptions {
  params?: unknown;
  query?: unknown;
  body?: unknown;
  signal?: AbortSignal;
  gzip?: boolean;
}

const base = '/api/v1';

/** Address of an operation, its parameters and query filled in. Empty and missing query values are left out. */
export function addressOf(op: Operation, options: { params?: unknown; query?: unknown }): string {
  const params = (options.params ?? {}) as Record<string, string | number>;
  const path = op.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const asked = query.toString();
  return `${base}${path}${asked && `?${asked}`}`;
}

/**
 * Calls one operation of the API.
 * @returns the reply, checked against its contract outside production
 * @throws ApiProblem when the server says no; NetworkProblem when it was not reached;
 *   the signal's own AbortError when the caller gave up
 */
export async function call<O extends Operation>(
  op: O,
  ...[options]: CallArguments<O>
): Promise<ReplyOf<O>> {
  const asked: AnyOptions = options ?? {};
  const response = await send(op, asked);
  const body = await readJson(response);
  if (!response.ok) throw problemOf(response, body);
  if (body === undefined) throw new NetworkProblem('the answer is not from Akimetr');
  if (process.env.NODE_ENV === 'production') return body as ReplyOf<O>;
  return op.reply.parse(body) as ReplyOf<O>;
}

async function send(op: Operation, asked: AnyOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
  const body = await bodyOf(op, asked, headers);
  try {
    return await fetch(addressOf(op, asked), {
      method: op.method.toUpperCase(),
      headers,
      credentials: 'same-origin',
      ...(body !== undefined && { body }),
      ...(asked.signal && { signal: asked.signal }),
    });
  } catch (error) {
    if (asked.signal?.aborted) throw error;
    throw new NetworkProblem('the server was not reached', error);
  }
}

async function bodyOf(
  op: Operation,
  asked: AnyOptions,
  headers: Record<string, string>,
): Promise<BodyInit | undefined> {
  if (!op.body) return undefined;
  headers['Content-Type'] = op.bodyType ?? 'application/json';
  if (op.bodyType === spreadsheetType) {
    return (asked.body as { file: Uint8Array<ArrayBuffer> }).file;
  }
  const text =
    op.bodyType === 'text/csv' ? (asked.body as { csv: string }).csv : JSON.stringify(asked.body);
  if (!asked.gzip || typeof CompressionStream === 'undefined') return text;
  headers['Content-Encoding'] = 'gzip';
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  // Whole rather than streamed: a streamed request body needs HTTP/2 and cannot be sent again.
  return new Response(packed).arrayBuffer();
}

/** The JSON of an answer; undefined when it is not JSON, so not from our server. */
async function readJson(response: Response): Promise<unknown> {
  if (!/[/+]json\b/.test(response.headers.get('Content-Type') ?? '')) return undefined;
  try {
    return (await response.json()) as unknown;
  } catch (error) {
    throw new NetworkProblem('the answer broke off', error);
  }
}

function problemOf(response: Response, body: unknown): ApiProblem | NetworkProblem {
  const { code } = (body ?? {}) as Partial<ProblemBody>;
  if (!problemCode.safeParse(code).success) {
    return new NetworkProblem(`something answered ${response.status} in the server's place`);
  }
  return new ApiProblem(body as ProblemBody);
}
