import { canonicalBytes, sha256Hex } from '@ramz/custody';
import type { ProposalView } from '../../boundary/announcement.ts';
import { PROPOSALS_A_PERSON_MAX, PROPOSALS_MAX } from '../../boundary/limits.ts';
import type { QuorumRule } from '../../boundary/quorum.ts';
import { operationOf, type StatementOf } from '../../boundary/statements.ts';
import { StatementRefused } from '../domain/ceremony/refusal.ts';
import { isApproved, missingIn, type Proposal, signedAs } from '../domain/quorum/approvals.ts';
import type { StoredKeys } from '../store/ledger.ts';

/**
 * Sensitive commands that wait for approval. In memory only: statements name the vault's session, so none
 * outlives a restart.
 */
export class ApprovalsDesk {
  #proposals: readonly Proposal[] = [];
  readonly #nonces = new SpentNonces();
  readonly #monotonic_ms: () => number;

  /** @param monotonic_ms the clock of approvals: setting the wall clock neither ends one nor makes it last */
  constructor(monotonic_ms: () => number) {
    this.#monotonic_ms = monotonic_ms;
  }

  /** @throws StatementRefused. Returns the proposal when it may run now. */
  propose(statement: StatementOf<'propose'>, stored: StoredKeys, now_ms: number): Proposal | undefined {
    this.#dropExpired();
    const { command, nonce, expires_at_ms, uses, by } = statement;
    const rule = stored.quorum[operationOf(command)];
    if (expires_at_ms < now_ms + LIFE_MIN_MS || expires_at_ms > now_ms + rule.window_min * 60_000) {
      throw new StatementRefused(`an approval of this counts for 1 to ${rule.window_min} minutes`);
    }
    if (uses > rule.uses_max)
      throw new StatementRefused(`an approved command of this kind runs at most ${rule.uses_max} times`);
    this.#nonces.forget(this.#monotonic_ms());
    if (this.#nonces.has(nonce)) throw new StatementRefused('this proposal was made already');
    const signed_as = asSigned(by, stored);
    const proposal = {
      command,
      nonce,
      expires_at_ms,
      until_monotonic_ms: this.#monotonic_ms() + expires_at_ms - now_ms,
      uses,
      used: 0,
      proposed_by: by,
      approved_by: [by],
      entries: [],
      signed_as,
    };
    if (this.#nonces.countOf(by) >= NONCES_A_PERSON_MAX)
      throw new StatementRefused(`${by} has proposed too much in the last hours: others still can`);
    // What runs at once takes nobody's place: a brake works however full the table is.
    if (!isApproved(proposal, rule, stored.persons, stored.shares.threshold)) this.#assertRoom(by);
    this.#nonces.add(nonce, by, this.#monotonic_ms(), expires_at_ms - now_ms);
    this.#proposals = [...this.#proposals, proposal];
    return this.#ready(nonce, stored);
  }

  /** One person cannot keep the others from proposing. */
  #assertRoom(by: string): void {
    const own = this.#proposals.filter(({ proposed_by }) => proposed_by === by).length;
    if (own >= PROPOSALS_A_PERSON_MAX || this.#proposals.length >= PROPOSALS_MAX) {
      throw new StatementRefused(`${own} proposals of ${by} wait already: let them be approved, or expire`);
    }
  }

  /** @throws StatementRefused. Returns the proposal when it may run now. */
  approve(statement: StatementOf<'approve'>, stored: StoredKeys): Proposal | undefined {
    this.#dropExpired();
    const proposal = this.#find(statement.nonce);
    if (proposal === undefined) throw new StatementRefused('there is no such proposal, or it has expired');
    if (!sameCommand(proposal, statement))
      throw new StatementRefused('this approves another command than was proposed');
    if (proposal.used > 0) throw new StatementRefused('it was approved already');
    if (proposal.approved_by.includes(statement.by)) {
      throw new StatementRefused(`${statement.by} approved already: the same person twice does not count`);
    }
    this.#replace({
      ...proposal,
      approved_by: [...proposal.approved_by, statement.by],
      signed_as: { ...proposal.signed_as, ...asSigned(statement.by, stored) },
    });
    return this.#ready(statement.nonce, stored);
  }

  /** Runs what was approved: again, or for the first time when it was refused at the moment of its approval. @throws StatementRefused */
  repeat({ nonce, use, by }: StatementOf<'repeat'>, stored: StoredKeys): Proposal {
    this.#dropExpired();
    const proposal = this.#find(nonce);
    if (proposal === undefined) throw new StatementRefused('there is no such approved command, or it has expired');
    if (proposal.proposed_by !== by) throw new StatementRefused(`only ${proposal.proposed_by} may repeat it`);
    if (use !== proposal.used + 1) throw new StatementRefused(`the next use is number ${proposal.used + 1}`);
    if (use > ruleOf(proposal, stored).uses_max || this.#ready(nonce, stored) === undefined) {
      throw new StatementRefused('its approvals are not enough any more: propose it again');
    }
    return proposal;
  }

  /** One that was to run at once and could not. */
  drop(nonce: string): void {
    this.#proposals = this.#proposals.filter((proposal) => proposal.nonce !== nonce);
  }

  /** Where in the log a statement for this proposal stands: the minutes show it. */
  noteEntry(nonce: string, log_index: number): void {
    const proposal = this.#find(nonce);
    if (proposal !== undefined) this.#replace({ ...proposal, entries: [...proposal.entries, log_index] });
  }

  /** Log indices of what was signed for it. */
  entriesOf(nonce: string): readonly number[] {
    return this.#find(nonce)?.entries ?? [];
  }

  /** One use is spent. */
  used(proposal: Proposal): void {
    const after = { ...proposal, used: proposal.used + 1 };
    if (after.used < after.uses) return this.#replace(after);
    this.#proposals = this.#proposals.filter(({ nonce }) => nonce !== after.nonce);
  }

  view(stored: StoredKeys | undefined): ProposalView[] {
    this.#dropExpired();
    if (stored === undefined) return [];
    return this.#proposals.map((proposal) => {
      const { command, nonce, expires_at_ms, uses, used, approved_by } = proposal;
      const missing = missingIn(proposal, ruleOf(proposal, stored), stored.persons, stored.shares.threshold);
      return { command, nonce, expires_at_ms, uses, used, approved_by, missing };
    });
  }

  /** As it is now: what is returned brings it back. Nonces stay spent. */
  mark(): () => void {
    const proposals = this.#proposals;
    return () => {
      this.#proposals = proposals;
    };
  }

  clear(): void {
    this.#proposals = [];
  }

  #ready(nonce: string, stored: StoredKeys): Proposal | undefined {
    const proposal = this.#find(nonce);
    if (proposal === undefined) return undefined;
    return isApproved(proposal, ruleOf(proposal, stored), stored.persons, stored.shares.threshold)
      ? proposal
      : undefined;
  }

  #find(nonce: string): Proposal | undefined {
    return this.#proposals.find((proposal) => proposal.nonce === nonce);
  }

  #replace(proposal: Proposal): void {
    this.#proposals = this.#proposals.map((one) => (one.nonce === proposal.nonce ? proposal : one));
  }

  #dropExpired(): void {
    const now_ms = this.#monotonic_ms();
    this.#proposals = this.#proposals.filter(({ until_monotonic_ms }) => until_monotonic_ms > now_ms);
  }
}

/** A minute, less the way from the person to the vault: shorter ones are over before anybody could look at them. */
const LIFE_MIN_MS = 50_000;
/** Proposals of one person that are remembered: more than people make, and each is that person's own limit. */
const NONCES_A_PERSON_MAX = 1_000;
/** After its life a proposal is too late by its own words; the wall clock may be set back meanwhile. */
const REMEMBERED_MS = 3_600_000;

/** Nonces of this run: none names two proposals, and what was carried out is not carried out again. */
class SpentNonces {
  readonly #spent = new Map<string, { readonly by: string; readonly until_monotonic_ms: number }>();

  has(nonce: string): boolean {
    return this.#spent.has(nonce);
  }

  countOf(person: string): number {
    return this.#spent.values().reduce((sum, { by }) => sum + Number(by === person), 0);
  }

  add(nonce: string, by: string, monotonic_ms: number, life_ms: number): void {
    this.#spent.set(nonce, { by, until_monotonic_ms: monotonic_ms + life_ms + REMEMBERED_MS });
  }

  forget(monotonic_ms: number): void {
    for (const [nonce, { until_monotonic_ms }] of this.#spent)
      if (until_monotonic_ms <= monotonic_ms) this.#spent.delete(nonce);
  }
}

function asSigned(by: string, { persons }: StoredKeys): Record<string, string> {
  const person = persons.find(({ name }) => name === by);
  return person === undefined ? {} : { [by]: signedAs(person) };
}

function ruleOf({ command }: Proposal, { quorum }: StoredKeys): QuorumRule {
  return quorum[operationOf(command)];
}

function sameCommand(proposal: Proposal, { command, expires_at_ms, uses }: StatementOf<'approve'>): boolean {
  const digest = (of: object) => sha256Hex(canonicalBytes(of));
  const proposed = { command: proposal.command, expires_at_ms: proposal.expires_at_ms, uses: proposal.uses };
  return digest(proposed) === digest({ command, expires_at_ms, uses });
}
