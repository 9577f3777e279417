import { z } from 'zod';
import type { Operation } from './operation.ts';

const NAME = { name: 'name', in: 'path', required: true, schema: { type: 'string' } };

/** OpenAPI 3.1 of the HTTP interface, from the same schemas that check its requests. */
export function openApiOf(operations: readonly Operation[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Ramz token laboratory', version, description: 'Every answer about a token has both clocks.' },
    paths,
  };
}

function described({ path, says, body }: Operation): object {
  const content = body && { 'application/json': { schema: z.toJSONSchema(body, { io: 'input' }) } };
  const refused = { description: 'refused; `error` says why and what to do' };
  return {
    summary: says,
    ...(path.includes('{name}') && { parameters: [NAME] }),
    ...(content !== undefined && { requestBody: { required: true, content } }),
    responses: { 200: { description: says }, 400: refused, 404: refused },
  };
}
