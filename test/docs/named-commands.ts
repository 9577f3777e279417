// The commands that a text names, each with its words, and whether the programs know them.
import type { Command } from 'commander';

/** A command as a page has it. */
export interface NamedCommand {
  readonly line: number;
  readonly words: readonly string[];
}

/** Commands of Ramz in code blocks for a shell, and between backticks. */
export function commandsIn(text: string): NamedCommand[] {
  const blocks = [...text.matchAll(/^```sh.*\n([\s\S]*?)^```$/gm)].map(({ 1: body = '', index }) => ({ body, index }));
  const spans = [...text.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(({ 1: body = '', index }) => ({ body, index }));
  return [...blocks, ...spans].flatMap(({ body, index }) => {
    const line = text.slice(0, index).split('\n').length;
    return shellLines(body).flatMap((shell) => {
      const words = wordsOf(shell);
      return words === undefined ? [] : [{ line, words }];
    });
  });
}

/** Lines that end with a backslash go together; a comment is no part of a command. */
function shellLines(body: string): string[] {
  return body.replaceAll(/\\\n\s*/g, ' ').split(/\n|&&|\|\||[|;]/);
}

function wordsOf(shell: string): string[] | undefined {
  // Other programs have users, folders and databases of that name.
  const found = /(?:^\s*|npx |\.bin\/)(ramz(?:-token|-daemon|-front|-vault)?|npm run [\w:-]+)(?=\s|$)(.*)/.exec(shell);
  if (found === null) return undefined;
  const [, program = '', rest = ''] = found;
  const words = rest.replace(/\s#.*/, '').match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  return [...program.split(' '), ...words];
}

/** Why the programs do not know a command; undefined when they do. */
export function whyUnknown(
  { words }: NamedCommand,
  programs: readonly Command[],
  scripts: readonly string[],
): string | undefined {
  const [first = '', ...rest] = words;
  if (first === 'npm') return scripts.includes(rest[1] ?? '') ? undefined : `there is no script ${rest[1]}`;
  const program = programs.find((one) => one.name() === first);
  if (program === undefined) return `there is no program ${first}`;
  // What another program prints is no word of this one.
  return whyUnknownTo(
    program,
    rest
      .join(' ')
      .replaceAll(/\$\([^)]*\)/g, '')
      .split(' '),
  );
}

function whyUnknownTo(program: Command, words: readonly string[]): string | undefined {
  let command = program;
  for (const word of words) {
    const sub = command.commands.find((one) => one.name() === word);
    if (sub !== undefined) command = sub;
    else if (word.startsWith('-')) {
      const [flag = ''] = word.split('=');
      if (!knows(command, flag)) return `${command.name()} has no option ${flag}`;
    } else if (command.commands.length > 0 && /^[a-z-]+$/.test(word)) {
      return `${command.name()} has no command ${word}`;
    }
  }
  return undefined;
}

function knows(command: Command, flag: string): boolean {
  return (
    ['--help', '-h', '--version', '-V'].includes(flag) ||
    command.options.some(({ short, long }) => [short, long].includes(flag))
  );
}
