import { type Command, Option } from 'commander';
import { runCommand } from '../run-command.ts';
import { type AskedOptions, askVerdict, verdictCommand } from './asked-verdict.ts';

const PURPOSES = {
  'first-pin': 'PURPOSE_FIRST_PIN',
  'second-pin': 'PURPOSE_SECOND_PIN',
  'channel-login': 'PURPOSE_CHANNEL_LOGIN',
} as const;
const PURPOSE_HELP = 'what the code is for (default: second-pin of a card, channel-login of a customer)';

interface CodeOptions extends AskedOptions {
  readonly purpose?: keyof typeof PURPOSES;
  readonly code: string;
}

const purposeOption = () => new Option('--purpose <purpose>', PURPOSE_HELP).choices(Object.keys(PURPOSES));

const purposeOf = ({ purpose, customer }: CodeOptions) =>
  PURPOSES[purpose ?? (customer === '' ? 'second-pin' : 'channel-login')];

export function verifyCommand(): Command {
  return verdictCommand('verify', 'asks for a verdict on a code')
    .requiredOption('--code <digits>', 'the code as typed (required)')
    .addOption(purposeOption())
    .action((options: CodeOptions) => {
      const { code } = options;
      const ask = () =>
        askVerdict(options, (client, asked) => client.verify({ ...asked, purpose: purposeOf(options), code }));
      return runCommand(options, ask);
    });
}

export function resynchroniseCommand(): Command {
  return verdictCommand('resynchronise', 'finds a token whose clock has drifted, by two codes in a row')
    .requiredOption('--code <digits>', 'the first code as typed (required)')
    .requiredOption('--next-code <digits>', 'the code that the token showed after it (required)')
    .addOption(purposeOption())
    .action((options: CodeOptions & { readonly nextCode: string }) => {
      const { code, nextCode } = options;
      const ask = () =>
        askVerdict(options, (client, asked) =>
          client.resynchronise({ ...asked, purpose: purposeOf(options), code, nextCode }),
        );
      return runCommand(options, ask);
    });
}
