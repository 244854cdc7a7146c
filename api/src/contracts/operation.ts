import type { z } from 'zod';
import type { Permission } from './roles.ts';

/**
 * One operation of the API: the single description that the route, the client and OpenAPI share.
 * `path` is relative to /api/v1 and names its parameters as `:name`.
 * `access`: `anyone` needs no session, `signed-in` any session, otherwise the permission asked for.
 */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly access: 'anyone' | 'signed-in' | Permission;
  /** A tablet's own credential is enough: what it hands in must not depend on a session being alive. */
  readonly deviceMay?: true;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly reply: z.ZodType;
  /** Status of success; 200 unless said. */
  readonly status?: 200 | 201;
  /** What the body is; JSON unless said. `text/csv` bodies arrive as `{ csv: string }`. */
  readonly bodyType?: 'application/json' | 'text/csv';
}

export const operation = <const O extends Operation>(description: O): O => description;

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Sent<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a handler receives and returns, and what a client sends and gets. */
export type ParamsOf<O extends Operation> = Parsed<O['params']>;
export type QueryOf<O extends Operation> = Parsed<O['query']>;
export type BodyOf<O extends Operation> = Parsed<O['body']>;
export type ReplyOf<O extends Operation> = z.output<O['reply']>;
export type SentQuery<O extends Operation> = Sent<O['query']>;
export type SentBody<O extends Operation> = Sent<O['body']>;
