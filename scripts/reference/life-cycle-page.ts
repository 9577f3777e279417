import { ACTS, type ActRule, type PlaceStatus } from '../../apps/hsm-daemon/src/vault/domain/life-cycle/acts.ts';
import { code, makePage, type Page, table } from './page.ts';

const STATUSES: readonly PlaceStatus[] = ['none', 'active', 'locked', 'deactivated', 'blocked', 'void'];

export function lifeCyclePage(): Page {
  return makePage(
    'life-cycle.md',
    'Life cycle',
    'For bank developers, branches and auditors: what an act does to a card or customer, and who may ask for it.',
    '`apps/hsm-daemon/src/vault/domain/life-cycle/acts.ts`',
    [
      'A place is a card or customer with one purpose. Only codes of an active place count. A verify in any other place ' +
        'is refused, is not counted as a try, and takes as long. The exact reasons are `LOCKED_BEFORE`, `DEACTIVATED`, ' +
        '`BLOCKED` and `VOIDED`.',
      'An act is of a card or customer. It touches all its places, those of the second PIN (the second PIN and ' +
        'transaction signatures, D-24), the tokens with one serial number, or only its file. A bank’s profile may narrow the ' +
        'channels (`acts`). A block of a card that never had a token is kept in one of its places. A closed card or customer takes no act but PutSubject by the core, which opens it again.',
      '## Where an act leads',
      'A dash means that the act is refused there. A status that stays is left out.',
      table(['act', 'touches', ...STATUSES], Object.entries(ACTS).map(placesRow)),
      'Where several hold, the verdict and the file say the first of: closed, blocked, locked, void, deactivated. A ' +
        'number change leaves a lock or a block (D-16); only a branch lifts a block, and it leads to *deactivated* ' +
        '(D-17). Deactivate ends a lock, since both lead to a new activation.',
      '## Who may ask, and what follows',
      table(
        ['act', 'channels', 'core', 'gateway', 'tokens', 'static second PIN', 'source'],
        Object.entries(ACTS).map(([act, rule]) => rightsRow(act, rule)),
      ),
      'While the second PIN is blocked, the static one stays off, whichever act comes (M-33). ' +
        'An act without channels, core and gateway follows from another act. A void token is void for ever: its id is ' +
        'never drawn again. A lost token is suspended, and ReportFound resumes it.',
      '## Activation',
      'Codes are out after *activation-requested*, *code-allocated* or *code-reissued*; a former activation is over then. ' +
        'They are worth nothing after an act that ends tokens of the whole card or customer, and after a block. Typed ' +
        'codes lead to *activated*, or to *codes-refused*, whose outcome only the log has. *activated* ends the tokens ' +
        'that it replaces: all of a locked card, the only one where the profile allows no more, otherwise those of the ' +
        'same app.',
      '## Repeating an act',
      'Each request has a request id. Within 24 hours the same request gets the same answer, and nothing is done twice. ' +
        'Acts that give something back (unblock, found, a permission) are limited to 32 in 24 hours, and so are, apart, ' +
        'requests for codes (the profile says how many may succeed); of the others, the latest 32 are remembered.',
    ],
  );
}

function placesRow([act, { touches, after }]: [string, ActRule]): string[] {
  const cell = (status: PlaceStatus) => {
    const next = after[status];
    return next === undefined ? '–' : next === status ? '' : next;
  };
  return [code(act), touches, ...STATUSES.map(cell)];
}

function rightsRow(
  act: string,
  { channels, isOfCore, isOfGateway = false, endsTokens, touches, staticSecondPin, source }: ActRule,
): string[] {
  const tokens = tokensAfter(act, { endsTokens, touches });
  const pin = staticSecondPin === 'as-it-is' ? '' : staticSecondPin;
  return [code(act), channels.join(', '), isOfCore ? 'yes' : '', isOfGateway ? 'yes' : '', tokens, pin, source];
}

function tokensAfter(act: string, { endsTokens, touches }: Pick<ActRule, 'endsTokens' | 'touches'>): string {
  if (act === 'activated') return 'those replaced';
  if (endsTokens) return 'void';
  return touches === 'token' ? 'the one named' : '';
}
