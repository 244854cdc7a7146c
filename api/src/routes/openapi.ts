import { Router } from 'express';
import { z } from 'zod';
import * as akims from '../contracts/akims.ts';
import * as assignments from '../contracts/assignments.ts';
import * as changes from '../contracts/changes.ts';
import * as contactAttempts from '../contracts/contact-attempts.ts';
import * as devices from '../contracts/devices.ts';
import * as interviews from '../contracts/interviews.ts';
import * as methodologies from '../contracts/methodologies.ts';
import type { Operation } from '../contracts/operation.ts';
import { problem } from '../contracts/problem.ts';
import * as publications from '../contracts/publications.ts';
import * as questionnaireDrafts from '../contracts/questionnaire-drafts.ts';
import * as questionnaires from '../contracts/questionnaires.ts';
import * as rankings from '../contracts/rankings.ts';
import * as rescue from '../contracts/rescue.ts';
import * as session from '../contracts/session.ts';
import * as targets from '../contracts/targets.ts';
import * as territories from '../contracts/territories.ts';
import * as users from '../contracts/users.ts';
import * as waves from '../contracts/waves.ts';

const contracts = {
  session,
  users,
  territories,
  akims,
  questionnaires,
  questionnaireDrafts,
  methodologies,
  waves,
  targets,
  assignments,
  'contact-attempts': contactAttempts,
  interviews,
  rescue,
  devices,
  rankings,
  changes,
  publications,
};

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query') {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input');
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

/** What travels: JSON by its schema, a text, or a file. */
function contentOf(
  type: Operation['bodyType'] | Operation['replyType'] = 'application/json',
  schema: z.ZodType,
  io: 'input' | 'output',
) {
  if (type === 'application/json') return { [type]: { schema: schemaOf(schema, io) } };
  if (type === 'text/csv') return { [type]: { schema: { type: 'string' } } };
  return { [type === 'file' ? 'application/octet-stream' : type]: {} };
}

function describe(operation: Operation, tag: string) {
  const { summary, access, params, query, body, reply, status = 200 } = operation;
  const problemContent = { 'application/problem+json': { schema: schemaOf(problem, 'output') } };
  return {
    summary,
    tags: [tag],
    'x-access': access,
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: contentOf(operation.bodyType, body, 'input'),
          },
        }),
    responses: {
      [status]: {
        description: 'Done',
        content: contentOf(operation.replyType, reply, 'output'),
      },
      default: { description: 'A problem (RFC 9457)', content: problemContent },
    },
  };
}

/** The API described as OpenAPI 3.1, made from the very contracts it is checked against. */
export function openApi(version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [tag, contract] of Object.entries(contracts)) {
    for (const operation of Object.values(contract).filter(isOperation)) {
      const path = operation.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [operation.method]: describe(operation, tag) };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Akimetr', version },
    servers: [{ url: '/api/v1' }],
    paths,
  };
}

export function openApiRoutes(version: string): Router {
  const router = Router();
  let made: ReturnType<typeof openApi> | undefined;
  router.get('/openapi.json', (_request, response) => {
    made ??= openApi(version);
    response.json(made);
  });
  return router;
}
