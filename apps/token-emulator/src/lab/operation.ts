import type { z } from 'zod';
import type { Laboratory } from './laboratory.ts';
import type { Pace } from './pace.ts';

/** The input of an operation. */
export interface LabRequest<Body> {
  readonly laboratory: Laboratory;
  readonly pace: Pace;
  /** From the path: `{name}`. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: Body;
  /** Aborted when the caller no longer waits. */
  readonly gone: AbortSignal;
}

/** One operation of the HTTP interface. */
export interface LabOperation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Contains at most one `{name}`. */
  readonly path: string;
  readonly says: string;
  /** Undefined if it takes none. */
  readonly body: z.ZodType | undefined;
  readonly handle: (asked: LabRequest<never>) => unknown;
}

/** Makes a POST operation whose handler gets the body that the schema describes. */
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

export function deleting(path: string, says: string, handle: (asked: LabRequest<never>) => unknown): LabOperation {
  return { method: 'DELETE', path, says, body: undefined, handle };
}
