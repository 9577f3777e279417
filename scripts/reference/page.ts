// The form of a page that is generated: who it is for, what it was made of, and tables.

export interface Page {
  /** Under `docs/reference`. */
  readonly file: string;
  readonly text: string;
}

/**
 * @param audience the page's first sentence: who it is for and what they will find
 * @param source where the facts are kept, from the root of the repository
 */
export function makePage(file: string, title: string, audience: string, source: string, body: readonly string[]): Page {
  const origin = `<!-- Generated from ${source} by \`npm run docs:reference\`. Change that, not this page. -->`;
  return { file, text: `${[`# ${title}`, origin, audience, ...body].map(wrapped).join('\n\n')}\n` };
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** Outside code a `<` would begin an element of the page. */
function cell(text: string): string {
  const oneLine = text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return oneLine.replaceAll(/`[^`]*`|</g, (part) => (part === '<' ? '&lt;' : part));
}

export function code(text: string): string {
  return `\`${text}\``;
}

const COLUMNS_MAX = 100;

/**
 * Tables and headings keep their lines; paragraphs are broken at spaces that are in no code and no
 * link.
 */
function wrapped(block: string): string {
  if (/^[|#]/.test(block)) return block;
  const words = block.match(/(?:`[^`]*`|\[[^\]]*\]\([^)]*\)|\S)+/g) ?? [];
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > COLUMNS_MAX) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}
