import { closeSync, openSync, unlinkSync } from 'node:fs';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is missing',
  EEXIST: 'it already exists, and is not overwritten',
  EACCES: 'permission denied',
};

/**
 * Checks that a new file can be written, before work that cannot be repeated.
 * @throws Error that names the option
 */
export function assertNewFile(path: string, option: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
    unlinkSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`${option} ${path} cannot be written: ${WHY[code ?? ''] ?? message}`, { cause: error });
  }
}
