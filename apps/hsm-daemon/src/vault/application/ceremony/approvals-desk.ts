import {
  canonicalBytes,
  operationOf,
  type ProposalView,
  type QuorumRule,
  type StatementOf,
  sha256Hex,
} from '@ramz/custody';
import { PROPOSALS_A_PERSON_MAX, PROPOSALS_MAX } from '../../../boundary/limits.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { isApproved, missingIn, type Proposal, signedAs } from '../../domain/quorum/approvals.ts';
import type { StoredKeys } from '../../store/ledger.ts';

/**
 * Sensitive commands that wait for approval. In memory only: statements name the vault's session,
 * so none outlives a restart.
 */
export class ApprovalsDesk {
  #proposals: readonly Proposal[] = [];
  readonly #nonces = new SpentNonces();
  readonly #monotonicMs: () => number;

  /**
   * @param monotonicMs the clock of approvals: setting the wall clock neither ends nor extends one
   */
  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /**
   * Adds a proposal. Returns it when it may run now.
   * @throws StatementRefused
   */
  propose(statement: StatementOf<'propose'>, stored: StoredKeys, nowMs: number): Proposal | undefined {
    this.#dropExpired();
    const { command, nonce, expires_at_ms: expiresAtMs, uses, by } = statement;
    const rule = stored.quorum[operationOf(command)];
    if (expiresAtMs < nowMs + LIFE_MIN_MS || expiresAtMs > nowMs + rule.window_min * 60_000) {
      throw new StatementRefused(`an approval of this counts for 1 to ${rule.window_min} minutes`);
    }
    if (uses > rule.uses_max)
      throw new StatementRefused(`an approved command of this kind runs at most ${rule.uses_max} times`);
    this.#nonces.forget(this.#monotonicMs());
    if (this.#nonces.has(nonce)) throw new StatementRefused('this proposal was made already');
    const signers = asSigned(by, stored);
    const proposal = {
      command,
      nonce,
      expiresAtMs,
      untilMonotonicMs: this.#monotonicMs() + expiresAtMs - nowMs,
      uses,
      used: 0,
      proposedBy: by,
      approvedBy: [by],
      entries: [],
      signedAs: signers,
    };
    if (this.#nonces.countOf(by) >= NONCES_A_PERSON_MAX)
      throw new StatementRefused(`${by} has proposed too much in the last hours: others still can`);
    // A command that runs at once takes no slot: a brake works even when the table is full.
    if (!isApproved(proposal, rule, stored.persons, stored.shares.threshold)) this.#assertRoom(by);
    this.#nonces.add(nonce, by, this.#monotonicMs(), expiresAtMs - nowMs);
    this.#proposals = [...this.#proposals, proposal];
    return this.#ready(nonce, stored);
  }

  /** Rejects a proposal without a free slot: one person cannot keep the others from proposing. */
  #assertRoom(by: string): void {
    const own = this.#proposals.filter(({ proposedBy }) => proposedBy === by).length;
    if (own >= PROPOSALS_A_PERSON_MAX || this.#proposals.length >= PROPOSALS_MAX) {
      throw new StatementRefused(`${own} proposals of ${by} wait already: let them be approved, or expire`);
    }
  }

  /**
   * Adds an approval. Returns the proposal when it may run now.
   * @throws StatementRefused
   */
  approve(statement: StatementOf<'approve'>, stored: StoredKeys): Proposal | undefined {
    this.#dropExpired();
    const proposal = this.#find(statement.nonce);
    if (proposal === undefined) throw new StatementRefused('there is no such proposal, or it has expired');
    if (!sameCommand(proposal, statement))
      throw new StatementRefused('this approves another command than was proposed');
    if (proposal.used > 0) throw new StatementRefused('it was approved already');
    if (proposal.approvedBy.includes(statement.by)) {
      throw new StatementRefused(`${statement.by} approved already: the same person twice does not count`);
    }
    this.#replace({
      ...proposal,
      approvedBy: [...proposal.approvedBy, statement.by],
      signedAs: { ...proposal.signedAs, ...asSigned(statement.by, stored) },
    });
    return this.#ready(statement.nonce, stored);
  }

  /**
   * Returns an approved command to run: again, or for the first time when it was refused at the
   * moment of its approval.
   * @throws StatementRefused
   */
  repeat({ nonce, use, by }: StatementOf<'repeat'>, stored: StoredKeys): Proposal {
    this.#dropExpired();
    const proposal = this.#find(nonce);
    if (proposal === undefined) throw new StatementRefused('there is no such approved command, or it has expired');
    if (proposal.proposedBy !== by) throw new StatementRefused(`only ${proposal.proposedBy} may repeat it`);
    if (use !== proposal.used + 1) throw new StatementRefused(`the next use is number ${proposal.used + 1}`);
    if (use > ruleOf(proposal, stored).uses_max || this.#ready(nonce, stored) === undefined) {
      throw new StatementRefused('its approvals are not enough any more: propose it again');
    }
    return proposal;
  }

  /** Drops a proposal that was to run at once and could not. */
  drop(nonce: string): void {
    this.#proposals = this.#proposals.filter((proposal) => proposal.nonce !== nonce);
  }

  /** Notes the log index of a statement for this proposal: the minutes show it. */
  noteEntry(nonce: string, logIndex: number): void {
    const proposal = this.#find(nonce);
    if (proposal !== undefined) this.#replace({ ...proposal, entries: [...proposal.entries, logIndex] });
  }

  /** Returns the log indices of the statements signed for it. */
  entriesOf(nonce: string): readonly number[] {
    return this.#find(nonce)?.entries ?? [];
  }

  /** Spends one use. */
  used(proposal: Proposal): void {
    const after = { ...proposal, used: proposal.used + 1 };
    if (after.used < after.uses) return this.#replace(after);
    this.#proposals = this.#proposals.filter(({ nonce }) => nonce !== after.nonce);
  }

  view(stored: StoredKeys | undefined): ProposalView[] {
    this.#dropExpired();
    if (stored === undefined) return [];
    return this.#proposals.map((proposal) => {
      const { command, nonce, expiresAtMs, uses, used, approvedBy } = proposal;
      const missing = missingIn(proposal, ruleOf(proposal, stored), stored.persons, stored.shares.threshold);
      return { command, nonce, expires_at_ms: expiresAtMs, uses, used, approved_by: approvedBy, missing };
    });
  }

  /** Saves the proposals. Returns the function that restores them. Nonces stay spent. */
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
    const nowMs = this.#monotonicMs();
    this.#proposals = this.#proposals.filter(({ untilMonotonicMs }) => untilMonotonicMs > nowMs);
  }
}

/**
 * A minute, less the way from the person to the vault: a shorter life would end before anyone could
 * read the proposal.
 */
const LIFE_MIN_MS = 50_000;
/**
 * Nonces that are remembered per person: more than people propose. The limit is each person's own.
 */
const NONCES_A_PERSON_MAX = 1_000;
/**
 * How long a nonce outlives its proposal, which has expired by then; the wall clock may be set back
 * meanwhile.
 */
const REMEMBERED_MS = 3_600_000;

/**
 * Nonces of this run: none names two proposals, and no command is carried out twice by a replay.
 */
class SpentNonces {
  readonly #spent = new Map<string, { readonly by: string; readonly untilMonotonicMs: number }>();

  has(nonce: string): boolean {
    return this.#spent.has(nonce);
  }

  countOf(person: string): number {
    return this.#spent.values().reduce((sum, { by }) => sum + Number(by === person), 0);
  }

  add(nonce: string, by: string, monotonicMs: number, lifeMs: number): void {
    this.#spent.set(nonce, { by, untilMonotonicMs: monotonicMs + lifeMs + REMEMBERED_MS });
  }

  forget(monotonicMs: number): void {
    for (const [nonce, { untilMonotonicMs }] of this.#spent)
      if (untilMonotonicMs <= monotonicMs) this.#spent.delete(nonce);
  }
}

function asSigned(by: string, { persons }: StoredKeys): Record<string, string> {
  const person = persons.find(({ name }) => name === by);
  return person === undefined ? {} : { [by]: signedAs(person) };
}

function ruleOf({ command }: Proposal, { quorum }: StoredKeys): QuorumRule {
  return quorum[operationOf(command)];
}

function sameCommand(
  proposal: Proposal,
  { command, expires_at_ms: expiresAtMs, uses }: StatementOf<'approve'>,
): boolean {
  const digest = (of: object) => sha256Hex(canonicalBytes(of));
  const proposed = { command: proposal.command, expires_at_ms: proposal.expiresAtMs, uses: proposal.uses };
  return digest(proposed) === digest({ command, expires_at_ms: expiresAtMs, uses });
}
