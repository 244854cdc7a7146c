/** JSON Schema as zod writes it; only what is read here. */
export interface JsonSchema {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  default?: unknown;
}

/** JavaScript's own limits are no rule of ours. */
const isRule = (limit: number | undefined): limit is number =>
  limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;

function range(least: number | undefined, most: number | undefined): string {
  const [from, to] = [isRule(least) ? String(least) : '', isRule(most) ? String(most) : ''];
  return from === '' && to === '' ? '' : ` ${from}…${to}`;
}

function scalar(schema: JsonSchema, type: string): string {
  const { format, pattern } = schema;
  if (type === 'string') {
    // A format's pattern says again what its name says.
    const kind = format ?? (pattern === undefined ? 'string' : `string /${pattern}/`);
    return kind + range(schema.minLength, schema.maxLength);
  }
  return type + range(schema.minimum, schema.maximum);
}

function object(schema: JsonSchema, indent: string): string {
  const { properties = {}, required = [], additionalProperties } = schema;
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, member]) =>
      `${inner}${name}${required.includes(name) ? '' : '?'}: ${notation(member, inner)}`,
  );
  if (typeof additionalProperties === 'object') {
    lines.push(`${inner}[name]: ${notation(additionalProperties, inner)}`);
  }
  return lines.length === 0 ? 'object' : `{\n${lines.join('\n')}\n${indent}}`;
}

function list(schema: JsonSchema, indent: string): string {
  const { items, prefixItems, minItems, maxItems } = schema;
  if (prefixItems) return `[${prefixItems.map((one) => notation(one, indent)).join(', ')}]`;
  return `list${range(minItems, maxItems)} of ${notation(items ?? {}, indent)}`;
}

/** A schema in the shorthand of the API's pages: members line by line, `?` for what may be left out. */
export function notation(schema: JsonSchema, indent = ''): string {
  const { type, anyOf, oneOf, allOf } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const several = anyOf ?? oneOf;
  if (several) return several.map((one) => notation(one, indent)).join(' | ');
  if (allOf) return allOf.map((one) => notation(one, indent)).join(' & ');
  if (Array.isArray(type)) {
    return type.map((one) => notation({ ...schema, type: one }, indent)).join(' | ');
  }
  if (type === 'object') return object(schema, indent);
  if (type === 'array') return list(schema, indent);
  return type === undefined ? 'anything' : scalar(schema, type);
}
