import { z } from 'zod';
import type { LabOperation } from './operation.ts';

const NAME = { name: 'name', in: 'path', required: true, schema: { type: 'string' } };

const query = (name: string, type: string, description: string): object => ({
  name,
  in: 'query',
  description,
  schema: { type },
});
const EVENT_QUERY = [query('after', 'integer', 'only later numbers'), query('token', 'string', 'only of this token')];
const found = (type: string): object => ({ 200: { description: 'as asked', content: { [type]: {} } } });

/** Paths whose answer is not JSON. */
const BESIDES: Record<string, Record<string, object>> = {
  '/api/events/stream': {
    get: {
      summary: 'events as they come, each with its number; Last-Event-ID resumes the stream',
      parameters: EVENT_QUERY,
      responses: found('text/event-stream'),
    },
  },
  '/api/tokens/{name}/screenshot.svg': {
    get: { summary: 'the glass as it looks', parameters: [NAME], responses: found('image/svg+xml') },
  },
  '/api/tokens/{name}/screenshot.png': {
    get: { summary: 'the glass as it looks', parameters: [NAME], responses: found('image/png') },
  },
};

/** Returns the OpenAPI 3.1 of the HTTP interface, from the schemas that check its requests. */
export function openApiOf(operations: readonly LabOperation[], version: string): object {
  const paths: Record<string, Record<string, object>> = { ...BESIDES };
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Ramz token laboratory', version, description: 'Every answer about a token has both clocks.' },
    paths,
  };
}

function described({ path, says, body }: LabOperation): object {
  const content = body && { 'application/json': { schema: z.toJSONSchema(body, { io: 'input' }) } };
  const refused = { description: 'refused; `error` says why and what to do' };
  return {
    summary: says,
    ...(path.includes('{name}') && { parameters: [NAME] }),
    ...(path === '/api/events' && {
      parameters: [
        ...EVENT_QUERY,
        query('kind', 'string', 'only of this kind'),
        query('count', 'integer', 'at most so many, up to 1,000'),
      ],
    }),
    ...(content !== undefined && { requestBody: { required: true, content } }),
    responses: {
      200: { description: says },
      400: refused,
      404: refused,
      408: { description: 'nothing happened in time' },
    },
  };
}
