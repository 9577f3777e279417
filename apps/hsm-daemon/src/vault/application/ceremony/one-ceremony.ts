import { type CeremonyPlan, type CeremonyView, type Person, rosterDigest } from '@ramz/custody';
import type { ActCommand } from '../../../boundary/commands.ts';
import { isOpen, phaseOf } from '../../domain/ceremony/ceremony.ts';
import { makesShares } from '../../domain/ceremony/kinds.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { type CeremonyStep, takeStep } from '../../domain/ceremony/take-step.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { KeyHolder } from '../keys/key-holder.ts';
import { areSameButBlocks } from './block-callers.ts';
import type { CeremonyRoom } from './ceremony-room.ts';
import { ceremonyView } from './ceremony-view.ts';
import { endsCeremony } from './desk-errors.ts';
import { makeShares } from './make-shares.ts';
import { assertCanOpen, openRoom } from './open-room.ts';
import { takeEffect } from './take-effect.ts';

const EMPTY = new Uint8Array();

/**
 * The one ceremony of this run of the vault: it is opened, advances step by step, and takes effect
 * or is broken off.
 */
export class OneCeremony {
  readonly #ports: VaultPorts;
  readonly #keys: KeyHolder;
  #room: CeremonyRoom | undefined;

  constructor(ports: VaultPorts, keys: KeyHolder) {
    this.#ports = ports;
    this.#keys = keys;
  }

  get isOpen(): boolean {
    return isOpen(this.#room?.ceremony);
  }

  /** The persons known in it: those who joined, and those known before. */
  get roster(): readonly Person[] | undefined {
    return this.#room?.ceremony.roster;
  }

  /** Returns the open ceremony, or the last one of this run. */
  view(): CeremonyView | null {
    return this.#room === undefined ? null : ceremonyView(this.#room, this.#ports.ledger.keys);
  }

  /** Shares given so far, for the status. */
  get given(): number {
    return isOpen(this.#room?.ceremony) ? this.#room.ceremony.given.length : 0;
  }

  /**
   * Ends a ceremony whose last steps may not be in the log. Returns its id; empty when there was
   * none.
   */
  breakOff(why: string): string {
    const id = isOpen(this.#room?.ceremony) ? this.#room.ceremony.id : '';
    if (id !== '') this.#end('aborted', why);
    return id;
  }

  /**
   * Abandons the open ceremony, wipes its secrets and records that. A sealed, stopped or failed
   * vault has no ceremony.
   */
  abandon(why: string, draft: Draft): void {
    if (this.#room === undefined || !isOpen(this.#room.ceremony)) return;
    draft.recordAct({ ceremony: this.#room.ceremony.id, act: 'abandoned', detail: why });
    this.#end('aborted', why);
  }

  wipe(): void {
    this.#room?.wipe();
  }

  /**
   * Makes a room for another ceremony, which is not open yet.
   * @throws StatementRefused while this one is open
   */
  async roomFor(plan: CeremonyPlan, by: string, persons: readonly Person[]): Promise<CeremonyRoom> {
    if (isOpen(this.#room?.ceremony))
      throw new StatementRefused(`a ceremony "${this.#room.ceremony.plan.kind}" is open: finish or abort it first`);
    return openRoom(plan, by, persons, this.#keys.state, this.#ports);
  }

  /** @throws StatementRefused for a plan that could not be held now */
  assertCanOpen(plan: CeremonyPlan, by: string, persons: readonly Person[]): void {
    assertCanOpen(plan, by, persons, this.#keys.state, this.#ports);
  }

  /** @param approvals log indices of the statements that approved its opening */
  begin(room: CeremonyRoom, draft: Draft, approvals: readonly number[]): void {
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

  /**
   * Takes a step of the open ceremony. Returns a share that was collected, or nothing.
   * @throws StatementRefused
   */
  async step(step: CeremonyStep, command: ActCommand, draft: Draft): Promise<Uint8Array> {
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

  /** Does what follows from a step: makes the shares, or lets the ceremony take effect. */
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
}
