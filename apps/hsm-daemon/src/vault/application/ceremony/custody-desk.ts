import {
  assertSigned,
  type CeremonyPlan,
  type CeremonyView,
  hexOf,
  type Person,
  type ProposalView,
  rosterDigest,
  type SensitiveCommand,
  type Statement,
  type StatementOf,
} from '@ramz/custody';
import type { ActCommand } from '../../../boundary/commands.ts';
import { isOpen, phaseOf } from '../../domain/ceremony/ceremony.ts';
import { makesShares } from '../../domain/ceremony/kinds.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { type CeremonyStep, takeStep } from '../../domain/ceremony/take-step.ts';
import type { Proposal } from '../../domain/quorum/approvals.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { KeyHolder } from '../keys/key-holder.ts';
import { ApprovalsDesk } from './approvals-desk.ts';
import { asCustodians, assertReachable } from './assert-reachable.ts';
import { areSameButBlocks, assertNotOwn, isBrake } from './block-callers.ts';
import type { CeremonyRoom } from './ceremony-room.ts';
import { ceremonyView } from './ceremony-view.ts';
import { asRefusal, endsCeremony } from './desk-errors.ts';
import { makeShares } from './make-shares.ts';
import { assertMaySign } from './minutes.ts';
import { openRoom } from './open-room.ts';
import { runSensitive } from './run-sensitive.ts';
import { readSigned, type SignerContext, signerKey } from './signer.ts';
import { takeEffect } from './take-effect.ts';

const EMPTY = new Uint8Array();

/**
 * Where people's statements are taken: each is read, its signature checked against the key that its signer is
 * known by, and then moves a ceremony, a proposal, or nothing. A statement that was refused is in the log too.
 */
export class CustodyDesk {
  readonly #ports: VaultPorts;
  readonly #keys: KeyHolder;
  readonly #approvals: ApprovalsDesk;
  /** Names this run of the vault: 32 hexadecimal digits. */
  readonly session: string;
  #room: CeremonyRoom | undefined;
  /** Nonces of the statements that opened ceremonies in this run. */
  readonly #openedBy = new Set<string>();

  constructor(ports: VaultPorts, keys: KeyHolder) {
    this.#ports = ports;
    this.#keys = keys;
    this.session = hexOf(ports.random(16));
    this.#approvals = new ApprovalsDesk(ports.monotonicMs);
  }

  /** Takes one statement. Returns what goes back with the announcement: a share to collect, or nothing. */
  async take(command: ActCommand, draft: Draft): Promise<Uint8Array> {
    const statement = readSigned(command);
    // Who it is by is a claim until the signature holds.
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

  /** The ceremony that is open, or the last one of this run. */
  view(): CeremonyView | null {
    return this.#room === undefined ? null : ceremonyView(this.#room, this.#ports.ledger.keys);
  }

  proposals(): ProposalView[] {
    return this.#approvals.view(this.#ports.ledger.keys);
  }

  /** Shares given so far, for the status. */
  get given(): number {
    return isOpen(this.#room?.ceremony) ? this.#room.ceremony.given.length : 0;
  }

  /** Before a statement is taken: what `undo` goes back to when the statement could not be made durable. */
  mark(): () => void {
    return this.#approvals.mark();
  }

  /** Ends a ceremony that may not be in the log as far as it went. Its name; empty when there was none. */
  breakOff(why: string): string {
    const id = isOpen(this.#room?.ceremony) ? this.#room.ceremony.id : '';
    if (id !== '') this.#end('aborted', why);
    return id;
  }

  /** A sealed, stopped or failed vault has no ceremony: what was in it is wiped, and the log says so. */
  abandon(why: string, draft: Draft): void {
    if (this.#room === undefined || !isOpen(this.#room.ceremony)) return;
    draft.recordAct({ ceremony: this.#room.ceremony.id, act: 'abandoned', detail: why });
    this.#end('aborted', why);
  }

  wipe(): void {
    this.#room?.wipe();
    this.#approvals.clear();
  }

  /** Everybody whose word may count here and now. */
  #known(statement: Statement, { role }: ActCommand): SignerContext {
    const { realm, ledger } = this.#ports;
    const known = ledger.keys?.persons ?? [];
    // Who joined in this ceremony speaks in this ceremony; but nobody joins over somebody who is known.
    const inRoom = 'ceremony' in statement && statement.type !== 'join' ? this.#room?.ceremony.roster : undefined;
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
        return this.#step(statement, command, draft);
    }
  }

  async #openFirst(statement: StatementOf<'open'>, command: ActCommand, draft: Draft): Promise<void> {
    const { plan, person } = statement;
    this.#assertFresh(statement.nonce);
    if (plan.kind !== 'initialise')
      throw new StatementRefused('only the first ceremony is opened; the others are proposed');
    if (person.role !== 'operator') throw new StatementRefused('an operator opens the first ceremony');
    assertReachable(this.#ports.profile.quorum, [person, ...asCustodians(plan)], plan.threshold);
    const room = await this.#roomFor(plan, statement.by, [person]);
    draft.recordStatement(command, statement, room.ceremony.id);
    this.#begin(room, draft, []);
  }

  async #approve(
    statement: StatementOf<'propose' | 'approve' | 'repeat'>,
    command: ActCommand,
    draft: Draft,
  ): Promise<void> {
    if (statement.type !== 'repeat') {
      this.#assertNoneOpen(statement.command);
      assertNotOwn(statement.command, command.caller);
    }
    const proposal = this.#counted(statement, draft.nowMs);
    try {
      await this.#carryOut(proposal, statement, command, draft);
    } catch (error) {
      if (statement.type === 'propose') this.#approvals.drop(statement.nonce);
      throw error;
    }
  }

  async #carryOut(
    proposal: Proposal | undefined,
    statement: StatementOf<'propose' | 'approve' | 'repeat'>,
    command: ActCommand,
    draft: Draft,
  ): Promise<void> {
    const opening = proposal?.command.name === 'open-ceremony' ? proposal.command : undefined;
    const room = opening && (await this.#roomFor(opening.plan, proposal?.proposedBy ?? '', this.#stored().persons));
    this.#approvals.noteEntry(statement.nonce, draft.recordStatement(command, statement, ''));
    if (proposal === undefined) return;
    if (room !== undefined) this.#begin(room, draft, this.#approvals.entriesOf(proposal.nonce));
    else {
      this.#assertNoneOpen(proposal.command);
      await runSensitive(proposal.command, draft, this.#keys, this.#ports, (why) => this.abandon(why, draft));
    }
    // Only what was carried out is spent.
    this.#approvals.used(proposal);
  }

  /** The proposal that a statement made ready to run; undefined while approvals are missing. */
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

  /** The statement that opened a ceremony does not open another one. */
  #assertFresh(nonce: string): void {
    if (this.#openedBy.has(nonce)) throw new StatementRefused('this opened a ceremony already: open the next one anew');
    this.#openedBy.add(nonce);
  }

  /** What a ceremony has begun to build on stays as it is until it ends; only the brakes work at any time. */
  #assertNoneOpen(command: SensitiveCommand): void {
    if (isBrake(command) || !isOpen(this.#room?.ceremony)) return;
    throw new StatementRefused(`a ceremony is open: finish or abort it before "${command.name}"`);
  }

  async #roomFor(plan: CeremonyPlan, by: string, persons: readonly Person[]): Promise<CeremonyRoom> {
    if (isOpen(this.#room?.ceremony))
      throw new StatementRefused(`a ceremony "${this.#room.ceremony.plan.kind}" is open: finish or abort it first`);
    return openRoom(plan, by, persons, this.#keys.state, this.#ports);
  }

  /** @param approvals log indices of what was signed for opening it */
  #begin(room: CeremonyRoom, draft: Draft, approvals: readonly number[]): void {
    this.#room?.wipe();
    this.#room = room;
    const { version, software } = this.#ports;
    const { id, plan, roster } = room.ceremony;
    draft.recordAct({
      ceremony: id,
      act: 'opened',
      detail: JSON.stringify({ plan, roster, version, software, approvals }),
    });
  }

  async #step(step: CeremonyStep, command: ActCommand, draft: Draft): Promise<Uint8Array> {
    const room = this.#room;
    if (room === undefined || !isOpen(room.ceremony)) throw new StatementRefused('no ceremony is open');
    const { ledger, realm } = this.#ports;
    if (!areSameButBlocks(ledger.keys, room.begunOn)) {
      const why = 'another daemon changed the keys meanwhile';
      this.abandon(why, draft);
      throw new StatementRefused(`${why}: begin the ceremony anew`);
    }
    const next = takeStep(room.ceremony, step, rosterDigest(room.ceremony));
    await room.takeIn(step, command.attachment, realm, ledger.keys);
    room.ceremony = next;
    draft.recordStatement(command, step, next.id);
    if (step.type === 'collect') return room.made?.envelopes.get(step.by) ?? EMPTY;
    await this.#advance(room, draft);
    return EMPTY;
  }

  /** What follows from a step: the shares are made, or the ceremony takes effect. */
  async #advance(room: CeremonyRoom, draft: Draft): Promise<void> {
    const { plan } = room.ceremony;
    const phase = phaseOf(room.ceremony);
    try {
      if (phase === 'prove' && makesShares(plan.kind) && room.made === undefined) {
        room.made = await makeShares(room, this.#ports.ledger.keys, this.#ports);
        room.wipeInputs();
        draft.recordAct({ ceremony: room.ceremony.id, act: 'shares-made', detail: room.made.keys.root.kcv });
      }
      const byItself = phase === 'finalise' && plan.kind !== 'destroy' && !makesShares(plan.kind);
      if (phase !== 'finalised' && !byItself) return phase === 'aborted' ? room.wipe() : undefined;
      await takeEffect(room, draft, this.#keys, this.#ports, (why) => this.abandon(why, draft));
      draft.afterCommit(() => this.#end('finalised', room.ceremony.note));
    } catch (error) {
      if (!endsCeremony(error)) throw error;
      draft.recordAct({ ceremony: room.ceremony.id, act: 'abandoned', detail: error.message });
      this.#end('aborted', error.message);
    }
  }

  #end(ended: 'finalised' | 'aborted', note: string): void {
    if (this.#room === undefined) return;
    this.#room.wipe();
    this.#room.ceremony = { ...this.#room.ceremony, ended, note };
  }

  #stored() {
    const { keys } = this.#ports.ledger;
    if (keys === undefined)
      throw new StatementRefused('there are no keys yet: the first ceremony makes them, and is opened by an operator');
    return keys;
  }
}
