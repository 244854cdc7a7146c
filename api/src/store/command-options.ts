/** Reading the fields of a command strictly: a field the engine does not know is refused, not ignored. */
import { CommandError, notSupported, typeMismatch } from './errors.ts';
import { isTruthy } from './expressions.ts';
import { isNumber, toDouble } from './numbers.ts';
import { T, type Raw, eachField, isEmptyDocument, textOf, typeName, valuesOf } from './raw.ts';
import type { Request } from './wire.ts';

/** Fields any command may carry and that change nothing on a single, unreplicated engine. */
const HARMLESS = new Set([
  '$db',
  'lsid',
  '$readPreference',
  '$clusterTime',
  '$client',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'helpOk',
]);

export class Options {
  readonly command: string;
  readonly database: string;
  private readonly fields = new Map<string, Raw>();
  private readonly sequences: ReadonlyMap<string, readonly Raw[]>;

  constructor(request: Request) {
    eachField(request.body, (name, value) => {
      this.fields.set(name, value);
    });
    this.sequences = request.sequences;
    this.command = this.fields.keys().next().value ?? '';
    const database = this.fields.get('$db');
    this.database = database?.type === T.string ? textOf(database) : (request.database ?? 'test');
    if (!this.database || /[/\\. "$\0]/.test(this.database) || this.database.length > 63) {
      throw new CommandError(73, `Invalid database name: '${this.database}'`);
    }
  }

  /** `ignored` fields are accepted because they cannot change an answer. */
  allow(known: readonly string[], ignored: readonly string[] = []): void {
    this.refuseTransactions();
    for (const name of this.fields.keys()) {
      if (name === this.command || HARMLESS.has(name)) continue;
      if (known.includes(name) || ignored.includes(name)) continue;
      if (name === 'readConcern' || name === 'writeConcern') continue;
      if (this.isAbsent(name)) continue;
      if (UNSUPPORTED.has(name)) throw notSupported(`${this.command} with ${name}`, 72);
      throw new CommandError(40415, `BSON field '${this.command}.${name}' is an unknown field.`);
    }
    const level = this.fields.get('readConcern');
    if (level?.type === T.object) this.checkReadConcern(level);
  }

  private checkReadConcern(concern: Raw): void {
    eachField(concern, (name, value) => {
      if (name !== 'level' || value.type !== T.string) return;
      const level = textOf(value);
      if (!['local', 'available', 'majority'].includes(level)) {
        throw notSupported(`read concern ${level}`, 72);
      }
    });
  }

  /** Falsy or empty: as good as not given. */
  private isAbsent(name: string): boolean {
    const value = this.fields.get(name)!;
    if (value.type === T.object) return UNSUPPORTED.has(name) && isEmptyDocument(value);
    return UNSUPPORTED.has(name) && !isTruthy(value);
  }

  private refuseTransactions(): void {
    if (this.fields.has('startTransaction') || this.fields.has('autocommit')) {
      throw new CommandError(
        20,
        'Transaction numbers are only allowed on a replica set member or mongos; ' +
          'the embedded store has no transactions: set MONGODB_URI to use a MongoDB server',
      );
    }
    if (this.fields.has('txnNumber')) {
      throw new CommandError(
        20,
        'Transaction numbers are only allowed on a replica set member or mongos',
      );
    }
  }

  raw(name: string): Raw | undefined {
    const value = this.fields.get(name);
    return value?.type === T.null || value?.type === T.undefined ? undefined : value;
  }

  document(name: string): Raw | undefined {
    const value = this.raw(name);
    if (value && value.type !== T.object) throw this.wrongType(name, value, 'object');
    return value;
  }

  array(name: string): Raw | undefined {
    const value = this.raw(name);
    if (value && value.type !== T.array) throw this.wrongType(name, value, 'array');
    return value;
  }

  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value && value.type !== T.string) throw this.wrongType(name, value, 'string');
    return value && textOf(value);
  }

  flag(name: string, otherwise = false): boolean {
    const value = this.raw(name);
    if (!value) return otherwise;
    if (value.type !== T.bool && !isNumber(value)) throw this.wrongType(name, value, 'bool');
    return isTruthy(value);
  }

  /** A whole number of at least `least`. */
  whole(name: string, least = 0): number | undefined {
    const value = this.raw(name);
    if (!value) return undefined;
    if (!isNumber(value)) throw this.wrongType(name, value, 'number');
    const number = Math.trunc(toDouble(value));
    if (!(number >= least)) {
      throw new CommandError(
        51024,
        `BSON field '${name}' value must be >= ${least}, actual value '${number}'`,
      );
    }
    return number;
  }

  /** Documents given in the body or as a section of their own. */
  list(name: string): readonly Raw[] {
    const inBody = this.array(name);
    const found = this.sequences.get(name) ?? (inBody ? valuesOf(inBody) : undefined);
    if (!found) {
      throw new CommandError(
        40414,
        `BSON field '${this.command}.${name}' is missing but a required field`,
      );
    }
    return found;
  }

  /** `database.collection`, the collection being the value of the command's first field. */
  namespace(): string {
    const value = this.fields.get(this.command);
    if (value?.type !== T.string) {
      throw badNamespace(`collection name has invalid type ${typeName(value)}`);
    }
    const name = textOf(value);
    const namespace = `${this.database}.${name}`;
    if (!/^[^.$\0][^$\0]*$/.test(name) || name.endsWith('.') || namespace.length > 255) {
      throw badNamespace(`Invalid namespace specified '${namespace}'`);
    }
    return namespace;
  }

  /** The namespace of a command that may make the collection. */
  writableNamespace(): string {
    const namespace = this.namespace();
    if (namespace.startsWith(`${this.database}.system.`)) {
      throw badNamespace(`Invalid system namespace: ${namespace}`);
    }
    return namespace;
  }

  private wrongType(name: string, value: Raw, wanted: string): CommandError {
    return typeMismatch(
      `BSON field '${this.command}.${name}' is the wrong type '${typeName(value)}', expected type '${wanted}'`,
    );
  }

  /** When the sender no longer waits, on performance.now()'s clock. */
  deadline(): number {
    const ms = this.whole('maxTimeMS');
    return ms ? performance.now() + ms : Infinity;
  }
}

const badNamespace = (message: string): CommandError => new CommandError(73, message);

/** Fields by which MongoDB would change an answer: refused, for ignoring them would give another one. */
const UNSUPPORTED = new Set([
  'collation',
  'let',
  'tailable',
  'awaitData',
  'min',
  'max',
  'returnKey',
  'showRecordId',
  'explain',
  'capped',
  'size',
  'timeseries',
  'validator',
  'viewOn',
  'pipeline',
  'expireAfterSeconds',
  'clusteredIndex',
  'encryptedFields',
  'changeStreamPreAndPostImages',
  'storageEngine',
  'indexOptionDefaults',
]);

/** The fields of an embedded statement (one update, one delete), checked the same way. */
export function statementFields(
  statement: Raw,
  name: string,
  known: readonly string[],
): Map<string, Raw> {
  const fields = new Map<string, Raw>();
  eachField(statement, (key, value) => {
    if (value.type === T.null) return;
    if (key === 'collation') {
      if (!isEmptyDocument(value)) throw notSupported('collation', 72);
    } else if (!known.includes(key)) {
      throw new CommandError(40415, `BSON field '${name}.${key}' is an unknown field.`);
    }
    fields.set(key, value);
  });
  return fields;
}
