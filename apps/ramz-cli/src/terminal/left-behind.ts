import { readFileSync } from 'node:fs';

/**
 * Whether whoever started this process has gone and somebody else has the terminal: `npx` was ended, and its child was
 * not told. The parent may be a shell in between, which stays; the terminal's foreground tells then (Linux, proc(5)).
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
    // Behind the name, which may hold anything: state, parent, group, session, terminal, foreground.
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { group: Number(group), foreground: Number(foreground) };
  } catch {
    return { group: 0, foreground: 0 };
  }
}
