/** The server's own error codes. A command that fails answers one of these, never a silent wrong result. */
import type { Raw } from './raw.ts';

const NAMES = {
  1: 'InternalError',
  2: 'BadValue',
  8: 'UnknownError',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  34: 'CannotCreateIndex',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  55: 'InvalidDBRef',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  115: 'CommandNotSupported',
  146: 'ExceededMemoryLimit',
  168: 'InvalidPipelineOperator',
  197: 'InvalidIndexSpecificationOption',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
} as const;

export class CommandError extends Error {
  readonly code: number;
  /** More fields of the reply: keyPattern and keyValue of a duplicate. */
  readonly details: Record<string, Raw>;

  constructor(code: number, message: string, details: Record<string, Raw> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  get codeName(): string {
    return (NAMES as Record<number, string>)[this.code] ?? `Location${this.code}`;
  }
}

const ELSEWHERE = 'set MONGODB_URI to use a MongoDB server, which has it';

/** Something MongoDB has and the embedded engine does not. */
export function notSupported(what: string, code = 115): CommandError {
  return new CommandError(code, `${what} is not supported by the embedded store; ${ELSEWHERE}`);
}

export const badValue = (message: string): CommandError => new CommandError(2, message);
export const failedToParse = (message: string): CommandError => new CommandError(9, message);
export const typeMismatch = (message: string): CommandError => new CommandError(14, message);
