import type { z } from 'zod';

/** The daemon cannot start as it was told to. The message is one sentence for the operator. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** @param named what a path of fields is called where the operator wrote it */
export function explainIssue(error: z.ZodError, named: (path: string) => string = (path) => path): string {
  const [issue] = error.issues;
  return issue === undefined ? 'not valid' : `${named(issue.path.join('.')) || 'the file'}: ${issue.message}`;
}
