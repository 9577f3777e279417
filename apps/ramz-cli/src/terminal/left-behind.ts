import { readFileSync } from 'node:fs';

/**
 * Returns whether the program that started this process has ended and another one has the terminal:
 * `npx` was killed, and its child got no signal. The parent may be a shell in between, which stays;
 * then the terminal's foreground process group shows it (Linux, proc(5)).
 * @param parent process id of the parent at the start
 */
export function isLeftBehind(parent: number): boolean {
  if (process.ppid !== parent) return true;
  const { group, foreground } = groups();
  return foreground > 0 && foreground !== group;
}

function groups(): { readonly group: number; readonly foreground: number } {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // After the name, which may contain anything: state, parent, group, session, tty, foreground.
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { group: Number(group), foreground: Number(foreground) };
  } catch {
    return { group: 0, foreground: 0 };
  }
}
