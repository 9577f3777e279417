import {
  assertSigned,
  hexOf,
  type ProposalView,
  type SensitiveCommand,
  type Statement,
  type StatementOf,
} from '@ramz/custody';
import type { ActCommand } from '../../../boundary/commands.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import type { Proposal } from '../../domain/quorum/approvals.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { KeyHolder } from '../keys/key-holder.ts';
import { ApprovalsDesk } from './approvals-desk.ts';
import { assertCanRun } from './assert-can-run.ts';
import { asCustodians, assertReachable } from './assert-reachable.ts';
import { assertNotOwn, isBrake } from './block-callers.ts';
import { asRefusal } from './desk-errors.ts';
import { assertMaySign } from './minutes.ts';
import { OneCeremony } from './one-ceremony.ts';
import { runSensitive } from './run-sensitive.ts';
import { readSigned, type SignerContext, signerKey } from './signer.ts';

const EMPTY = new Uint8Array();

/**
 * Takes people's statements. Each is read and its signature checked against the known key of its
 * signer. Then it advances a ceremony, a proposal, or nothing. Refused statements are in the log
 * too.
 */
export class CustodyDesk {
  readonly #ports: VaultPorts;
  readonly #keys: KeyHolder;
  readonly #approvals: ApprovalsDesk;
  /** Id of this run of the vault: 32 hexadecimal digits. */
  readonly session: string;
  readonly ceremony: OneCeremony;
  /** Nonces of the statements that opened ceremonies in this run. */
  readonly #openedBy = new Set<string>();

  constructor(ports: VaultPorts, keys: KeyHolder) {
    this.#ports = ports;
    this.#keys = keys;
    this.session = hexOf(ports.random(16));
    this.#approvals = new ApprovalsDesk(ports.monotonicMs);
    this.ceremony = new OneCeremony(ports, keys);
  }

  /**
   * Takes one statement. Returns what is sent with the announcement: a share to collect, or
   * nothing.
   */
  async take(command: ActCommand, draft: Draft): Promise<Uint8Array> {
    const statement = readSigned(command);
    // The signer is only a claim until the signature is verified.
    let by = '';
    try {
      await assertSigned(command, signerKey(statement, this.#known(statement, command)), statement.by);
      by = statement.by;
      return await this.#route(statement, command, draft);
    } catch (error) {
      const refused = asRefusal(error);
      draft.recordAct({
        caller: command.caller,
        act: 'refused',
        by,
        detail: `${statement.type}: ${refused.message}`,
      });
      throw refused;
    }
  }

  proposals(): ProposalView[] {
    return this.#approvals.view(this.#ports.ledger.keys);
  }

  /**
   * Saves the proposals before a statement is taken. Returns the function that restores them when
   * the statement could not be made durable.
   */
  mark(): () => void {
    return this.#approvals.mark();
  }

  wipe(): void {
    this.ceremony.wipe();
    this.#approvals.clear();
  }

  /** Returns the persons whose statements may count now. */
  #known(statement: Statement, { role }: ActCommand): SignerContext {
    const { realm, ledger } = this.#ports;
    const known = ledger.keys?.persons ?? [];
    // A person who joined this ceremony may speak in it. A join is checked against the persons
    // known before: a known name cannot join with other keys.
    const inRoom = 'ceremony' in statement && statement.type !== 'join' ? this.ceremony.roster : undefined;
    return { realm, session: this.session, persons: inRoom ?? known, role };
  }

  async #route(statement: Statement, command: ActCommand, draft: Draft): Promise<Uint8Array> {
    switch (statement.type) {
      case 'open':
        await this.#openFirst(statement, command, draft);
        return EMPTY;
      case 'propose':
      case 'approve':
      case 'repeat':
        await this.#approve(statement, command, draft);
        return EMPTY;
      case 'sign-minutes':
        await assertMaySign(statement, this.#ports);
        draft.recordStatement(command, statement, statement.ceremony);
        return EMPTY;
      default:
        return this.ceremony.step(statement, command, draft);
    }
  }

  async #openFirst(statement: StatementOf<'open'>, command: ActCommand, draft: Draft): Promise<void> {
    const { plan, person } = statement;
    this.#assertFresh(statement.nonce);
    if (plan.kind !== 'initialise')
      throw new StatementRefused('only the first ceremony is opened; the others are proposed');
    if (person.role !== 'operator') throw new StatementRefused('an operator opens the first ceremony');
    assertReachable(this.#ports.profile.quorum, [person, ...asCustodians(plan)], plan.threshold);
    const room = await this.ceremony.roomFor(plan, statement.by, [person]);
    draft.recordStatement(command, statement, room.ceremony.id);
    this.ceremony.begin(room, draft, []);
  }

  async #approve(
    statement: StatementOf<'propose' | 'approve' | 'repeat'>,
    command: ActCommand,
    draft: Draft,
  ): Promise<void> {
    if (statement.type === 'approve') this.#assertTimely(statement, command.caller);
    const proposal = this.#counted(statement, draft.nowMs);
    try {
      // Only now, with its nonce spent: a refused proposal must not be sent again at another time.
      if (statement.type === 'propose') await this.#assertPossible(statement, command.caller);
      await this.#carryOut(proposal, statement, command, draft);
    } catch (error) {
      if (statement.type === 'propose') this.#approvals.drop(statement.nonce);
      throw error;
    }
  }

  #assertTimely({ command }: StatementOf<'propose' | 'approve'>, caller: string): void {
    this.#assertNoneOpen(command);
    assertNotOwn(command, caller);
  }

  /** Rejects a proposal that could not be carried out now: no one should approve it in vain. */
  async #assertPossible(statement: StatementOf<'propose'>, caller: string): Promise<void> {
    this.#assertTimely(statement, caller);
    const { command, by } = statement;
    const stored = this.#stored();
    if (command.name === 'open-ceremony') return this.ceremony.assertCanOpen(command.plan, by, stored.persons);
    await assertCanRun(command, stored, this.#keys, this.#ports);
  }

  async #carryOut(
    proposal: Proposal | undefined,
    statement: StatementOf<'propose' | 'approve' | 'repeat'>,
    command: ActCommand,
    draft: Draft,
  ): Promise<void> {
    const opening = proposal?.command.name === 'open-ceremony' ? proposal.command : undefined;
    const room =
      opening && (await this.ceremony.roomFor(opening.plan, proposal?.proposedBy ?? '', this.#stored().persons));
    this.#approvals.noteEntry(statement.nonce, draft.recordStatement(command, statement, ''));
    if (proposal === undefined) return;
    if (room !== undefined) this.ceremony.begin(room, draft, this.#approvals.entriesOf(proposal.nonce));
    else {
      this.#assertNoneOpen(proposal.command);
      await runSensitive(proposal.command, draft, this.#keys, this.#ports, (why) => this.ceremony.abandon(why, draft));
    }
    // Only a command that was carried out spends a use.
    this.#approvals.used(proposal);
  }

  /**
   * Returns the proposal that a statement made ready to run; undefined while approvals are missing.
   */
  #counted(statement: StatementOf<'propose' | 'approve' | 'repeat'>, nowMs: number): Proposal | undefined {
    switch (statement.type) {
      case 'propose':
        return this.#approvals.propose(statement, this.#stored(), nowMs);
      case 'approve':
        return this.#approvals.approve(statement, this.#stored());
      case 'repeat':
        return this.#approvals.repeat(statement, this.#stored());
    }
  }

  /** Rejects a statement that has opened a ceremony already. */
  #assertFresh(nonce: string): void {
    if (this.#openedBy.has(nonce)) throw new StatementRefused('this opened a ceremony already: open the next one anew');
    this.#openedBy.add(nonce);
  }

  /**
   * Rejects all commands but the brakes while a ceremony is open: it builds on the present state.
   */
  #assertNoneOpen(command: SensitiveCommand): void {
    if (isBrake(command) || !this.ceremony.isOpen) return;
    throw new StatementRefused(`a ceremony is open: finish or abort it before "${command.name}"`);
  }

  #stored() {
    const { keys } = this.#ports.ledger;
    if (keys === undefined)
      throw new StatementRefused('there are no keys yet: the first ceremony makes them, and is opened by an operator');
    return keys;
  }
}
