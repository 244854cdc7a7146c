import { z } from 'zod';
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
  /**
   * What the body is; JSON unless said. `text/csv` bodies arrive as `{ csv: string }`, workbooks as
   * `{ file: Uint8Array }`.
   */
  readonly bodyType?: 'application/json' | 'text/csv' | typeof spreadsheetType;
  /** What the reply is; JSON unless said. A file is downloaded by its address, not through the client. */
  readonly replyType?: 'application/json' | 'file';
}

/** An .xlsx workbook. */
export const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array, 'a file');

/** A workbook as it was chosen: its bytes are the whole body. */
export const spreadsheetBody = z.object({ file: bytes });

/** A file as the handler gives it: `bytes` go over the wire, name and type as headers. */
export const fileReply = z.object({ name: z.string(), type: z.string(), bytes });
export type FileReply = z.infer<typeof fileReply>;

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
