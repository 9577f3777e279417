import { z } from 'zod';

/** Returns what is wrong with a file, with the path in it where a schema refused it. */
export function explainError(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  const [issue] = error.issues;
  if (issue === undefined) return 'is not valid';
  const path = issue.path.join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}
