// The order of the pages, as docs/README.md has it.

interface Section {
  readonly text: string;
  readonly collapsed?: boolean;
  readonly items: { readonly text: string; readonly link: string }[];
}

const page = (text: string, link: string) => ({ text, link });

export const tutorialPages: Section = {
  text: 'Tutorials',
  items: [
    page('Ask for your first verdict', '/tutorials/bank-developer'),
    page('Your first rehearsal as a custodian', '/tutorials/custodian'),
    page('Run a daemon, watch it, kill it', '/tutorials/operator'),
    page('Three years of a token', '/tutorials/lab'),
  ],
};

export const howToPages: Section = {
  text: 'How to',
  items: [
    page('Call the daemon from a bank', '/how-to/call-from-a-bank'),
    page('Hold ceremonies', '/how-to/hold-ceremonies'),
    page('Configure a daemon', '/how-to/configure-a-daemon'),
    page('Issue certificates', '/how-to/issue-certificates'),
    page('Run as two users', '/how-to/run-as-two-users'),
    page('Run on PostgreSQL', '/how-to/run-on-postgresql'),
    page('Monitor a daemon', '/how-to/monitor-a-daemon'),
    page('Keep clocks and disks', '/how-to/keep-clocks-and-disks'),
    page('Update and back up', '/how-to/update-and-back-up'),
    page('Use the laboratory', '/how-to/use-the-laboratory'),
    page('Use your codes', '/how-to/use-your-codes'),
    page('Test and measure', '/how-to/test-and-measure'),
  ],
};

export const referencePages: Section = {
  text: 'Reference',
  items: [
    page('RPCs and messages', '/reference/rpcs'),
    page('Errors', '/reference/errors'),
    page('States', '/reference/states'),
    page('Transaction signatures', '/reference/signatures'),
    page('Statements', '/reference/statements'),
    page('Commands', '/reference/commands'),
    page('Configuration', '/reference/configuration'),
    page('Profile fields', '/reference/profile'),
    page('Metrics', '/reference/metrics'),
    page('Exit codes', '/reference/exit-codes'),
    page('Rules of the banks', '/reference/rules'),
    page('Scenarios', '/reference/scenarios'),
    page('Fleets', '/reference/fleets'),
    page('Personalities', '/reference/personalities'),
    page('HID protocol', '/reference/hid-protocol'),
    page('API of the libraries', '/reference/api/'),
    page('Glossary', '/reference/glossary'),
  ],
};

export const explanationPages: Section = {
  text: 'Explanation',
  items: [
    page('Architecture', '/explanation/architecture'),
    page('Keys', '/explanation/key-hierarchy'),
    page('Threat model', '/explanation/threat-model'),
    page('Timing', '/explanation/timing'),
    page('Capacity', '/explanation/capacity'),
    page('Physics of the token', '/explanation/physics'),
    page('What settings cost with tokens', '/explanation/policy-study'),
    page('Decisions', '/decisions/'),
  ],
};

export const persianPages: Section = {
  text: 'مستندات فارسی',
  items: [
    page('استفاده از رمزهای یک‌بارمصرف', '/fa/use-your-codes'),
    page('نخستین تمرین متولی کلید', '/fa/custodian'),
    page('راهنمای متولی کلید', '/fa/hold-ceremonies'),
  ],
};
