/** PCRE patterns, as MongoDB takes them, on JavaScript's engine; what differs is translated or refused. */
import { CommandError, badValue, notSupported } from './errors.ts';

const cache = new Map<string, RegExp>();

export function compileRegex(pattern: string, options: string): RegExp {
  const key = `${options}/${pattern}`;
  let regex = cache.get(key);
  if (!regex) {
    regex = translate(pattern, options);
    if (cache.size > 500) cache.clear();
    cache.set(key, regex);
  }
  return regex;
}

function translate(pattern: string, options: string): RegExp {
  if (pattern.includes('\0')) {
    throw badValue('Regular expression cannot contain an embedded null byte');
  }
  for (const option of options) {
    if (option === 'x') throw notSupported('the regular expression option x', 2);
    if (!'imsu'.includes(option)) {
      throw new CommandError(51108, `invalid flag in regex options: ${option}`);
    }
  }
  if (/\(\?[a-zA-Z#>|+&P(-]|\\[AzZGQEKRXhHvVN]|[*+?}]\+|\[\[:|\(\*/.test(pattern)) {
    throw notSupported(`the regular expression syntax of '${pattern}'`, 2);
  }
  const multiline = options.includes('m');
  const source = ownLineEnds(pattern, multiline, options.includes('s'));
  const flags = options.includes('i') ? 'i' : '';
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    return withoutUnicode(source, flags, pattern);
  }
}

/** Escapes such as `\-` are errors in JavaScript's Unicode mode only. */
function withoutUnicode(source: string, flags: string, pattern: string): RegExp {
  if (/\\[pP]/.test(source)) throw badRegex(pattern);
  try {
    return new RegExp(source, flags);
  } catch {
    throw badRegex(pattern);
  }
}

const badRegex = (pattern: string): CommandError =>
  new CommandError(51091, `Regular expression is invalid: ${pattern}`);

/** Only \n ends a line in PCRE; `$` also matches before a last \n; `.` leaves out \n alone; \s is ASCII. */
function ownLineEnds(pattern: string, multiline: boolean, dotAll: boolean): string {
  const start = multiline ? '(?<![^\\n])' : '^';
  const end = multiline ? '(?![^\\n])' : '(?=\\n?$)';
  let out = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === '\\') out += escaped(pattern[++i] ?? '', inClass);
    else if (inClass) {
      inClass = char !== ']';
      out += char;
    } else if (char === '[') {
      inClass = true;
      out += char;
    } else if (char === '^') out += start;
    else if (char === '$') out += end;
    else if (char === '.') out += dotAll ? '[^]' : '[^\\n]';
    else out += char;
  }
  return out;
}

const SPACE = ' \\t\\n\\v\\f\\r';

function escaped(char: string, inClass: boolean): string {
  if (char === 's') return inClass ? SPACE : `[${SPACE}]`;
  if (char === 'S' && !inClass) return `[^${SPACE}]`;
  return `\\${char}`;
}
