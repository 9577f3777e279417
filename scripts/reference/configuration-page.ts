import {
  DAEMON_OPTIONS,
  OPTION_TEXTS,
  type Program,
  snakeName,
} from '../../apps/hsm-daemon/src/config/daemon-options.ts';
import { code, makePage, type Page, table } from './page.ts';

const PROGRAMS: Readonly<Record<Program, string>> = {
  daemon: 'ramz-daemon',
  front: 'ramz-front',
  vault: 'ramz-vault',
};

export function configurationPage(): Page {
  const rows = Object.entries(DAEMON_OPTIONS.shape).map(([name, schema]) => {
    const text = OPTION_TEXTS.get(schema);
    if (text === undefined) throw new Error(`the option ${name} has no text`);
    const snake = snakeName(name);
    const elsewhere = text.onlyFlag === true ? ['–', '–'] : [code(`RAMZ_${snake.toUpperCase()}`), code(snake)];
    const shown = text.shownDefault ?? String(schema.safeParse(undefined).data ?? '–');
    const programs = text.of.map((program) => code(PROGRAMS[program])).join(', ');
    return [code(text.flag), ...elsewhere, text.wanted === true ? 'required' : shown, programs, text.help];
  });
  return makePage(
    'configuration.md',
    'Configuration of the daemon',
    'For operators: every option of the daemon, its variable, its name in a configuration file, and its default.',
    '`apps/hsm-daemon/src/config/daemon-options.ts`',
    [
      'A flag overrides a variable, and a variable overrides the file that `--config` (or `RAMZ_CONFIG`) names. ' +
        'How the file is written is in [configure a daemon](../how-to/configure-a-daemon.md).',
      table(['flag', 'variable', 'in the file', 'default', 'programs', 'meaning'], rows),
    ],
  );
}
