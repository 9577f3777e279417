import { printableText } from '@ramz/custody';

/**
 * Breaks a line between words into lines of at most `width` characters. Continuation lines are
 * indented by two more. A longer word stays whole: it may be a number to copy.
 */
export function wrapLine(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const indent = ' '.repeat(Math.min((/^ */.exec(line)?.[0].length ?? 0) + 2, Math.floor(width / 2)));
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = breakAt(rest, width, lines.length === 0 ? 0 : indent.length);
    if (at < 0) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = indent + rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

/** Returns the last space that fits, or else the first one after it; never one in the indent. */
function breakAt(text: string, width: number, indent: number): number {
  const start = Math.max(indent, /\S/.exec(text)?.index ?? 0);
  const fits = text.lastIndexOf(' ', width);
  return fits > start ? fits : text.indexOf(' ', start);
}

/** Returns any lines, safe to print: wrapped for a terminal, unwrapped for a file or pipe. */
export function shownOn(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  lines: readonly string[],
): string {
  // A terminal that does not know its size says 0.
  const width = stream.isTTY === true ? stream.columns || 80 : Number.POSITIVE_INFINITY;
  return lines.flatMap((line) => wrapLine(printableText(line), width)).join('\n');
}
