import { SCHEME_NAMES, type SchemeName } from '@ramz/custody';
import { Command, Option } from 'commander';
import { EXIT_HELP } from '../exit-codes.ts';
import { assertNewFile } from '../new-file.ts';
import { writeShareForm } from '../page/share-page.ts';
import { runLocally } from '../run-command.ts';
import { LANGUAGES, type Language } from '../terminal/texts.ts';

interface FormOptions {
  readonly out: string;
  readonly scheme: SchemeName;
  readonly lang: Language;
  readonly json: boolean;
}

export function shareFormCommand(): Command {
  return new Command('form')
    .description('an empty A5 form (PDF) to write a share on with a pencil')
    .requiredOption('--out <file>', 'where it goes (required)')
    .addOption(
      new Option('--scheme <scheme>', 'words, or groups of digits').choices([...SCHEME_NAMES]).default('slip39'),
    )
    .addOption(
      new Option('--lang <language>', 'language of the form')
        .choices([...LANGUAGES])
        .env('RAMZ_LANG')
        .default('en'),
    )
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', EXIT_HELP)
    .action((options: FormOptions) =>
      runLocally(options, async () => {
        assertNewFile(options.out, '--out');
        await writeShareForm(options.out, options.scheme, options.lang);
        return { value: { out: options.out }, lines: [`the form is in ${options.out}`] };
      }),
    );
}
