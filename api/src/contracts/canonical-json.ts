/**
 * Canonical JSON: keys sorted by UTF-16 code units, no white space, as RFC 8785 for the values JSON has.
 * Two interviews are the same when their canonical JSON is: the tablet and the server hash this text.
 * @param value what JSON.parse can return; `undefined` members are left out, as JSON.stringify does
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
