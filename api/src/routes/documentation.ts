import { Router } from 'express';
import { openApi } from './openapi.ts';
import { notation, type JsonSchema } from './schema-notation.ts';

type Described = ReturnType<typeof openApi>;
interface Operation {
  summary: string;
  tags: string[];
  'x-access': string;
  parameters: { name: string; in: string; required: boolean; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema?: JsonSchema }> };
  responses: Record<string, { content: Record<string, { schema?: JsonSchema }> }>;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const style = `
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
  nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; }
  h2 { margin-top: 3rem; } article { border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
  h3 { font-size: 1rem; margin-bottom: 0; } h3 code { font-size: 1.05rem; overflow-wrap: anywhere; } h3 b { text-transform: uppercase; }
  pre { background: color-mix(in srgb, currentColor 7%, transparent); border-radius: .5rem; overflow-x: auto; padding: .75rem; }
  summary { cursor: pointer; padding: .25rem 0; } p { margin: .25rem 0; }`;

function details(title: string, text: string, open = false): string {
  const state = open ? ' open' : '';
  return `<details${state}><summary>${title}</summary><pre>${escaped(text)}</pre></details>`;
}

/** Kinds of body with what they hold. */
function contents(title: string, content: Record<string, { schema?: JsonSchema }>): string {
  return Object.entries(content)
    .map(([kind, { schema }]) =>
      details(
        `${title}, <code>${escaped(kind)}</code>`,
        schema === undefined ? 'a file' : notation(schema),
      ),
    )
    .join('');
}

function access(wanted: string): string {
  if (wanted === 'anyone') return 'Needs no session.';
  return wanted === 'signed-in'
    ? 'Needs a session.'
    : `Needs the permission <code>${escaped(wanted)}</code>.`;
}

function article(method: string, path: string, operation: Operation): string {
  const parameters = operation.parameters.map(
    ({ name, in: place, required, schema }) =>
      `${name}${required ? '' : '?'}: ${notation(schema)}    (${place})`,
  );
  const replies = Object.entries(operation.responses).filter(([status]) => status !== 'default');
  return `<article><h3><b>${method}</b> <code>${escaped(path)}</code></h3>
<p>${escaped(operation.summary)}. ${access(operation['x-access'])}</p>
${parameters.length === 0 ? '' : details('Parameters', parameters.join('\n'), true)}
${operation.requestBody ? contents('Body', operation.requestBody.content) : ''}
${replies.map(([status, { content }]) => contents(`Reply ${status}`, content)).join('')}
</article>`;
}

/** The whole API as one page that needs no script: every operation, who may, what goes in and out. */
export function documentationPage(described: Described): string {
  const groups = new Map<string, string[]>();
  let problem: JsonSchema = {};
  for (const [path, methods] of Object.entries(described.paths)) {
    for (const [method, one] of Object.entries(methods)) {
      const operation = one as Operation;
      problem = operation.responses.default!.content['application/problem+json']!.schema ?? {};
      const [tag = ''] = operation.tags;
      groups.set(tag, [...(groups.get(tag) ?? []), article(method, path, operation)]);
    }
  }
  const tags = [...groups.keys()];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Akimetr API ${escaped(described.info.version)}</title><style>${style}</style></head><body>
<h1>Akimetr API</h1>
<p>Version ${escaped(described.info.version)}. Addresses are under <code>/api/v1</code>. The same for programs:
<a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<p>Sign in with <code>POST /session</code>; the session is an httpOnly cookie. In the descriptions <code>?</code> marks what may
be left out, and <code>1…200</code> the least and the most.</p>
${details('Whatever goes wrong: <code>application/problem+json</code> (RFC 9457)', notation(problem))}
<nav aria-label="Parts"><ul>${tags.map((tag) => `<li><a href="#${tag}">${tag}</a></li>`).join('')}</ul></nav>
${[...groups].map(([tag, all]) => `<section id="${tag}"><h2>${tag}</h2>${all.join('\n')}</section>`).join('\n')}
</body></html>`;
}

export function documentationRoutes(version: string): Router {
  const router = Router();
  let page: string | undefined;
  router.get('/', (_request, response) => {
    page ??= documentationPage(openApi(version));
    response.type('html').send(page);
  });
  return router;
}
