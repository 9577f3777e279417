import type { z } from 'zod';

/** An invalid configuration. The message is one sentence for the operator. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** @param named returns the operator's own name for a path of fields */
export function explainIssue(error: z.ZodError, named: (path: string) => string = (path) => path): string {
  const [issue] = error.issues;
  return issue === undefined ? 'not valid' : `${named(issue.path.join('.')) || 'the file'}: ${issue.message}`;
}
