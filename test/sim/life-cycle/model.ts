// The life cycle of a few cards, as simple as it can be said. It knows nothing of the vault: the
// simulation compares it with what two daemons answer.

export interface CardState {
  readonly status: 'none' | 'active' | 'locked' | 'deactivated' | 'blocked' | 'void';
  /** Number of its only token; undefined without one. */
  readonly token: number | undefined;
  readonly isLost: boolean;
  /** The last step whose code was accepted. */
  readonly floor: number;
  readonly wrong: number;
  readonly isClosed: boolean;
  readonly registered: number | undefined;
  readonly issuedUnder: number | undefined;
}

export type World = readonly CardState[];

export const NEW_CARD: CardState = {
  status: 'none',
  token: undefined,
  isLost: false,
  floor: -1,
  wrong: 0,
  isClosed: false,
  registered: undefined,
  issuedUnder: undefined,
};

type PlainKind = 'close' | 'deactivate' | 'block' | 'unblock' | 'void' | 'lose' | 'find';

export type Deed =
  | { readonly kind: 'put'; readonly card: number; readonly number: number }
  | { readonly kind: 'enrol'; readonly card: number; readonly token: number }
  /** A code of a token that the card has or had. */
  | { readonly kind: 'verify'; readonly card: number; readonly token: number; readonly step: number }
  | { readonly kind: PlainKind; readonly card: number };

const TRIES_MAX = 5;

/** Returns what a daemon must answer, and the world after it. */
export function after(world: World, deed: Deed): { readonly answer: string; readonly world: World } {
  const card = world[deed.card] as CardState;
  switch (deed.kind) {
    case 'put':
      return put(world, deed.card, deed.number);
    case 'verify':
      return changed(world, deed.card, ...verify(card, deed.token, deed.step));
    case 'enrol':
      return changed(world, deed.card, ...enrol(card, deed.token));
    default:
      return changed(world, deed.card, ...act(card, deed.kind));
  }
}

type Outcome = readonly [answer: string, card: CardState];

function changed(world: World, at: number, answer: string, card: CardState) {
  return { answer, world: world.map((one, i) => (i === at ? card : one)) };
}

/** Another number ends all tokens that were issued under the former one. */
function put(world: World, at: number, number: number) {
  const { registered: former } = world[at] as CardState;
  const isChange = former !== undefined && former !== number;
  const ended = world.map((one, i) => (isChange && (i === at || one.issuedUnder === former) ? withoutToken(one) : one));
  const now = ended[at] as CardState;
  return changed(ended, at, 'done', { ...now, registered: number, isClosed: false });
}

function withoutToken(card: CardState): CardState {
  const status = card.status === 'active' ? 'void' : card.status;
  return { ...card, status, token: undefined, isLost: false, issuedUnder: undefined };
}

function enrol(card: CardState, token: number): Outcome {
  if (card.isClosed) return ['subject-closed', card];
  if (card.status === 'blocked') return ['subject-blocked', card];
  const { registered: issuedUnder } = card;
  return ['enrolled', { ...card, status: 'active', token, isLost: false, floor: -1, wrong: 0, issuedUnder }];
}

const REFUSED_IN = {
  none: 'not-enrolled',
  locked: 'locked-before',
  deactivated: 'deactivated',
  blocked: 'blocked',
  void: 'voided',
} as const;

function verify(card: CardState, token: number, step: number): Outcome {
  if (card.status !== 'active') return [REFUSED_IN[card.status], card];
  if (card.token === undefined || card.isLost) return ['not-enrolled', card];
  if (card.token !== token) {
    const tried = { ...card, wrong: card.wrong + 1 };
    return tried.wrong === TRIES_MAX ? ['locked-now', { ...tried, status: 'locked' }] : ['wrong-code', tried];
  }
  return step <= card.floor ? ['used-code', card] : ['accepted', { ...card, floor: step, wrong: 0 }];
}

function act(card: CardState, kind: PlainKind): Outcome {
  if (card.isClosed) return ['closed', card];
  const done = (change: Partial<CardState>): Outcome => ['done', { ...card, ...change }];
  const ended = { token: undefined, isLost: false } as const;
  switch (kind) {
    case 'close':
      return done({ ...statusIf(card, ['active', 'locked', 'deactivated'], 'void'), ...ended, ...CLOSED });
    case 'deactivate':
      return done({ ...statusIf(card, ['active', 'locked', 'void'], 'deactivated'), ...ended, issuedUnder: undefined });
    case 'block':
      return done({ status: 'blocked', ...ended });
    case 'unblock':
      return card.status === 'blocked' ? done({ status: 'deactivated' }) : ['not-blocked', card];
    case 'void':
      return card.token === undefined ? noToken(card) : done({ ...statusIf(card, ['active'], 'void'), ...ended });
    case 'lose':
      return card.token === undefined ? noToken(card) : done({ isLost: true });
    case 'find':
      if (card.token === undefined) return noToken(card);
      return card.isLost ? done({ isLost: false }) : ['not-lost', card];
  }
}

const CLOSED = { registered: undefined, issuedUnder: undefined, isClosed: true } as const;

function noToken(card: CardState): Outcome {
  return ['no-such-token', card];
}

function statusIf({ status }: CardState, from: readonly CardState['status'][], to: CardState['status']) {
  return { status: from.includes(status) ? to : status };
}
