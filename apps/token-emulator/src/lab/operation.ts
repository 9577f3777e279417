import type { z } from 'zod';
import type { Laboratory } from './laboratory.ts';
import type { Pace } from './pace.ts';

/** What an operation is given. */
export interface LabRequest<Body> {
  readonly laboratory: Laboratory;
  readonly pace: Pace;
  /** From the path: `{name}`. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: Body;
  /** Whoever asked does not wait any more. */
  readonly gone: AbortSignal;
}

/** One thing that the HTTP interface can do. */
export interface LabOperation {
  readonly method: 'GET' | 'POST';
  /** With at most one `{name}` in it. */
  readonly path: string;
  readonly says: string;
  /** Undefined: it takes none. */
  readonly body: z.ZodType | undefined;
  readonly handle: (asked: LabRequest<never>) => unknown;
}

/** Ties a body's schema to what handles it. */
export function taking<Schema extends z.ZodType>(
  path: string,
  says: string,
  body: Schema,
  handle: (asked: LabRequest<z.infer<Schema>>) => unknown,
): LabOperation {
  return { method: 'POST', path, says, body, handle };
}

export function telling(path: string, says: string, handle: (asked: LabRequest<never>) => unknown): LabOperation {
  return { method: 'GET', path, says, body: undefined, handle };
}
