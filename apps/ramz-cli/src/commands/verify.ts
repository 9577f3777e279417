import { type Command, Option } from 'commander';
import { sayVerdict, type VerdictOptions, verdictCommand } from './request-verdict.ts';

const PURPOSES = {
  'first-pin': 'PURPOSE_FIRST_PIN',
  'second-pin': 'PURPOSE_SECOND_PIN',
  'channel-login': 'PURPOSE_CHANNEL_LOGIN',
} as const;
const PURPOSE_HELP = 'purpose of the code (default: second-pin of a card, channel-login of a customer)';

interface CodeOptions extends VerdictOptions {
  readonly purpose?: keyof typeof PURPOSES;
}

const purposeOption = () => new Option('--purpose <purpose>', PURPOSE_HELP).choices(Object.keys(PURPOSES));

const purposeOf = ({ purpose, customer }: CodeOptions) =>
  PURPOSES[purpose ?? (customer === '' ? 'second-pin' : 'channel-login')];

export function verifyCommand(): Command {
  return verdictCommand('verify', 'asks for a verdict on a code')
    .addOption(purposeOption())
    .action((options: CodeOptions) =>
      sayVerdict(options, (client, asked) => client.verify({ ...asked, purpose: purposeOf(options) })),
    );
}

export function resynchroniseCommand(): Command {
  const about = 'finds a token whose clock has drifted, by two codes in a row';
  return verdictCommand('resynchronise', about, 'the first code as the customer typed it')
    .requiredOption('--next-code <digits>', 'the code that the token showed after it (required)')
    .addOption(purposeOption())
    .action((options: CodeOptions & { readonly nextCode: string }) => {
      const { nextCode } = options;
      return sayVerdict(options, (client, asked) =>
        client.resynchronise({ ...asked, purpose: purposeOf(options), nextCode }),
      );
    });
}
