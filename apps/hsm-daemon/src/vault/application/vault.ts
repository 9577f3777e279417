import { fingerprintOf, sha256Hex } from '@ramz/custody';
import type { ActCommand, Command, FaultReply, Reply, SelfTestCommand, StatusReply } from '../../boundary/commands.ts';
import { ADMITTED_IN, type DaemonState } from '../../boundary/daemon-state.ts';
import { runSelfTests } from '../crypto/self-tests.ts';
import { HeldAnchor } from '../store/held-anchor.ts';
import { LogBroken } from '../store/log-broken.ts';
import { announce, type Occasion } from './announce.ts';
import { proofOf, readCheckpoint, readEntries } from './audit-queries.ts';
import { checkCommand } from './check-command.ts';
import { CHECKPOINT_EVERY, signCheckpoint } from './checkpoint.ts';
import { CustodyDesk } from './custody-desk.ts';
import { Draft } from './draft.ts';
import { enrolToken } from './enrol-token.ts';
import { Fault } from './fault.ts';
import type { KeyHolder } from './key-holder.ts';
import { listKeys } from './list-keys.ts';
import { endOf, minutesOf } from './minutes.ts';
import { OpenKeys } from './open-keys.ts';
import type { VaultPorts } from './ports.ts';
import { readEvents } from './read-events.ts';
import { resynchroniseToken } from './resynchronise-token.ts';
import { verifyCodes } from './verify-codes.ts';
import { WallClock } from './wall-clock.ts';
import { whyNotNow } from './why-not-now.ts';
import { writeAnchor } from './write-anchor.ts';

/**
 * The vault: its state, its keys, and the batches it decides. One batch at a time; `answer` returns only
 * when everything the batch did is durable.
 */
export class Vault implements KeyHolder {
  readonly #ports: VaultPorts;
  readonly #desk: CustodyDesk;
  #keys: OpenKeys | undefined;
  #failure = '';
  /** A store that was rolled back, and an operator who says so: only a restore leads on. */
  #held: HeldAnchor | undefined;
  #checkpoint_at: number;
  readonly #clock: WallClock;

  private constructor(ports: VaultPorts, held: HeldAnchor | undefined) {
    this.#ports = ports;
    this.#desk = new CustodyDesk(ports, this);
    this.#held = held;
    this.#checkpoint_at = ports.ledger.log_size + CHECKPOINT_EVERY;
    this.#clock = new WallClock(ports);
  }

  /** @param rolled_back the store is older than its anchor, and a restore ceremony is to be held */
  static async start(ports: VaultPorts, rolled_back = false): Promise<Vault> {
    const held = rolled_back ? new HeldAnchor(ports.anchor) : undefined;
    const vault = new Vault(held === undefined ? ports : { ...ports, anchor: held }, held);
    await vault.#recordStart();
    return vault;
  }

  get state(): DaemonState {
    if (this.#failure !== '') return 'failed';
    const { keys } = this.#ports.ledger;
    if (keys?.destroyed === true) return 'destroyed';
    if (this.#held !== undefined) return 'restoring';
    if (this.#keys !== undefined) return this.#clock.has_jumped ? 'clock-jumped' : 'operational';
    return keys === undefined ? 'uninitialised' : 'sealed';
  }

  async answer(batch: readonly Command[]): Promise<Reply[]> {
    const reading = this.#clock.read();
    const draft = new Draft(this.#ports, reading.wall_ms);
    this.#clock.look(reading, draft);
    const replies: Reply[] = [];
    for (const command of batch) replies.push(await this.#answerOne(command, draft));
    draft.commit();
    return replies;
  }

  /** Between batches: what may be done later than the answers. */
  async tidy(): Promise<void> {
    const { ledger } = this.#ports;
    ledger.writeBackSome();
    if (this.#keys !== undefined && ledger.log_size >= this.#checkpoint_at) await this.#signCheckpoint(this.#keys);
  }

  async stop(): Promise<void> {
    const draft = new Draft(this.#ports, this.#ports.now_ms());
    this.#desk.abandon('the daemon stopped', draft);
    const { version, software, ledger, anchor } = this.#ports;
    if (this.#failure === '') draft.record({ kind: 'daemon', at_ms: draft.now_ms, act: 'stopped', version, software });
    draft.commit();
    if (this.#keys !== undefined) await this.#signCheckpoint(this.#keys);
    this.#keys?.wipe();
    this.#desk.wipe();
    ledger.close();
    anchor.close();
  }

  open(keys: OpenKeys): void {
    this.#keys?.wipe();
    this.#keys = keys;
    this.#held?.release();
    this.#held = undefined;
  }

  abandonCeremony(why: string, draft: Draft): void {
    this.#desk.abandon(why, draft);
  }

  async seal(draft: Draft): Promise<void> {
    this.#desk.abandon('the daemon was sealed', draft);
    draft.recordAct({ act: 'sealed' });
    draft.commit();
    if (this.#keys !== undefined) await this.#signCheckpoint(this.#keys);
    this.#wipeKeys();
  }

  acceptClock(draft: Draft): void {
    this.#clock.accept(draft);
  }

  async destroyed(): Promise<void> {
    if (this.#keys !== undefined) await this.#signCheckpoint(this.#keys);
    this.#wipeKeys();
  }

  async #answerOne(command: Command, draft: Draft): Promise<Reply> {
    const { state } = this;
    if (!ADMITTED_IN[command.kind].includes(state)) {
      return fault('wrong-state', whyNotNow(state, this.#failure), state);
    }
    try {
      checkCommand(command);
      return await this.#run(command, draft);
    } catch (error) {
      if (error instanceof Fault) return fault(error.reason, error.message, state);
      if (!(error instanceof LogBroken)) throw error;
      this.#fail(error.message, draft);
      return fault('wrong-state', whyNotNow('failed', this.#failure), 'failed');
    }
  }

  #run(command: Command, draft: Draft): Reply | Promise<Reply> {
    switch (command.kind) {
      case 'verify':
        return verifyCodes(command, draft, this.#openKeys(), this.#ports);
      case 'resynchronise':
        return resynchroniseToken(command, draft, this.#openKeys(), this.#ports);
      case 'enrol':
        return enrolToken(command, draft, this.#openKeys(), this.#ports);
      case 'act':
        return this.#act(command, draft);
      case 'announce':
        return this.#announce({ nonce: command.nonce }, new Uint8Array());
      case 'minutes':
        return minutesOf(command.ceremony, this.#ports);
      case 'keys':
        return listKeys(this.#ports);
      case 'self-test':
        return this.#selfTest(command, draft);
      case 'checkpoint':
        return readCheckpoint(this.#keys, this.#ports);
      case 'entries':
        return readEntries(command, this.#ports);
      case 'events':
        return readEvents(command, this.#ports);
      case 'proof':
        return proofOf(command, this.#ports);
      case 'status':
        return this.#status();
      case 'note-refusal':
        if (this.state !== 'failed') draft.record({ ...command, kind: 'refusal', at_ms: draft.now_ms });
        return { kind: 'noted' };
    }
  }

  async #act(command: ActCommand, draft: Draft): Promise<Reply> {
    // What came before in this batch is durable before a ceremony builds on it.
    draft.commit();
    try {
      const attachment = await this.#desk.take(command, draft);
      draft.commit();
      return await this.#announce({ answers: sha256Hex(command.statement) }, attachment);
    } catch (error) {
      if (error instanceof Fault) draft.commit();
      throw error;
    }
  }

  async #announce(occasion: Occasion, attachment: Uint8Array): Promise<Reply> {
    const { log_size } = this.#ports.ledger;
    return { ...(await announce(occasion, this.state, this.#desk, this.#ports)), attachment, log_size };
  }

  async #selfTest({ caller, force }: SelfTestCommand, draft: Draft): Promise<Reply> {
    if (force !== '' && this.#ports.realm !== 'test')
      throw new Fault('malformed', 'only the test realm forces a self-test to fail');
    const results = await runSelfTests(force);
    const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
    draft.recordAct({
      caller,
      act: 'self-test',
      detail: failed.length === 0 ? 'passed' : `failed: ${failed.join(', ')}`,
    });
    if (failed.length > 0) this.#fail(`self-test failed: ${failed.join(', ')}`, draft);
    return { kind: 'self-tested', results };
  }

  /** From anywhere, and not back: every key is wiped, and only the status is answered. */
  #fail(failure: string, draft: Draft): void {
    this.#desk.abandon(failure, draft);
    draft.recordAct({ act: 'failed', detail: failure });
    draft.commit();
    this.#failure = failure;
    this.#wipeKeys();
  }

  #status(): StatusReply {
    const { ledger, profile, realm, identity, guard } = this.#ports;
    const { keys } = ledger;
    return {
      kind: 'status',
      state: this.state,
      realm,
      profile: profile.name,
      log_size: ledger.log_size,
      active_enrolments: ledger.active_enrolments,
      root_key_kcv: keys?.root.kcv ?? '',
      shares_given: this.#desk.given,
      threshold: keys?.shares.threshold ?? 0,
      failure: this.#failure,
      identity: fingerprintOf(identity.public_key),
      epoch: keys?.epoch ?? 0,
      unseal_mode: guard?.name ?? 'shares',
    };
  }

  async #recordStart(): Promise<void> {
    const { now_ms, version, software, ledger, guard } = this.#ports;
    const draft = new Draft(this.#ports, now_ms());
    this.#recordAbandoned(draft);
    draft.record({ kind: 'daemon', at_ms: draft.now_ms, act: 'started', version, software });
    const guarded = ledger.keys?.guarded_root;
    const by_itself = this.#held === undefined && guard !== undefined;
    if (by_itself && guarded !== undefined && guarded.length > 0) await this.#unsealBy(guarded, draft);
    draft.commit();
    writeAnchor(this.#ports);
  }

  /** A ceremony that the last run did not end: the power went, or the process. */
  #recordAbandoned(draft: Draft): void {
    const { ledger } = this.#ports;
    const id = ledger.latestCeremony();
    if (id === undefined || endOf(id, ledger) !== undefined) return;
    draft.recordAct({ ceremony: id, act: 'abandoned', detail: 'the daemon ended in the middle of it' });
  }

  async #unsealBy(guarded: Uint8Array, draft: Draft): Promise<void> {
    const { guard, ledger } = this.#ports;
    if (guard === undefined || ledger.keys === undefined) return;
    try {
      using root = await guard.unwrap(guarded);
      this.#keys = await OpenKeys.unlock(root, ledger.keys, this.#ports);
      draft.recordAct({ act: 'unsealed', detail: `by ${guard.name}` });
    } catch (error) {
      // Not unsealed is a state like any other: the custodians' shares still open it.
      const why = error instanceof Error ? error.message : String(error);
      draft.recordAct({ act: 'refused', detail: `unsealing by ${guard.name}: ${why}`.slice(0, 500) });
    }
  }

  async #signCheckpoint(keys: OpenKeys): Promise<void> {
    await signCheckpoint(keys.keyring.audit, this.#ports);
    this.#checkpoint_at = this.#ports.ledger.log_size + CHECKPOINT_EVERY;
  }

  #wipeKeys(): void {
    this.#keys?.wipe();
    this.#keys = undefined;
    // The audit key lies in an object of the runtime, which wipes it when it is collected: now, then.
    this.#ports.collectGarbage();
  }

  // The state table admits a command only when these exist; anything else is a broken invariant.
  #openKeys(): OpenKeys {
    if (this.#keys === undefined) throw new Error('operational without keys');
    return this.#keys;
  }
}

function fault(reason: FaultReply['reason'], message: string, state: DaemonState): FaultReply {
  return { kind: 'fault', reason, message, state };
}
