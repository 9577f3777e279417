import { Command, Option } from 'commander';
import { type ActOptions, actCommand, sayAct } from './act-command.ts';

const PEOPLE = { natural: 'PERSON_KIND_NATURAL', legal: 'PERSON_KIND_LEGAL' } as const;
const ACCOUNTS = { single: 'ACCOUNT_KIND_SINGLE', joint: 'ACCOUNT_KIND_JOINT' } as const;

interface WithdrawOptions extends ActOptions {
  readonly account: string;
}

interface IssueOptions extends WithdrawOptions {
  readonly person: keyof typeof PEOPLE;
  readonly kind: keyof typeof ACCOUNTS;
  readonly openingBranch: string;
  readonly branch: string;
  readonly holders: string;
  readonly present: string;
}

/** Permissions to use codes for an account (S-20). */
export function permissionCommand(): Command {
  return new Command('permission')
    .description('permissions to use codes for an account (S-16 to S-20)')
    .addCommand(issueCommand())
    .addCommand(withdrawCommand());
}

function issueCommand(): Command {
  return ofAccount('issue', 'issues a permission, if the customer is eligible')
    .addOption(new Option('--person <kind>', 'who owns the account').choices(Object.keys(PEOPLE)).default('natural'))
    .addOption(new Option('--kind <kind>', 'how many own it').choices(Object.keys(ACCOUNTS)).default('single'))
    .requiredOption('--opening-branch <id>', 'the branch that opened the account (required)')
    .option('--branch <id>', 'the branch of this request, for a central branch system', '')
    .option('--holders <ids>', 'national ids of all who must agree, separated by commas', '')
    .option('--present <ids>', 'national ids of those who are present', '')
    .action((options: IssueOptions) =>
      sayAct(options, (register, asked) =>
        register.issuePermission({
          ...asked,
          accountReference: options.account,
          personKind: PEOPLE[options.person],
          accountKind: ACCOUNTS[options.kind],
          openingBranch: options.openingBranch,
          branch: options.branch,
          holders: listOf(options.holders),
          present: listOf(options.present),
        }),
      ),
    );
}

function withdrawCommand(): Command {
  return ofAccount('withdraw', 'withdraws a permission; with the last one the tokens are void').action(
    (options: WithdrawOptions) =>
      sayAct(options, (register, asked) =>
        register.withdrawPermission({ ...asked, accountReference: options.account }),
      ),
  );
}

function ofAccount(name: string, description: string): Command {
  return actCommand(name, description, 'branch-12').requiredOption(
    '--account <reference>',
    "the core's name of the account (required)",
  );
}

function listOf(text: string): string[] {
  return text.split(/[,،]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
}
