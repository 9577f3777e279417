import type { Command, FaultReply, GiveShareCommand, Reply, ReplyOf, StatusReply } from '../../boundary/commands.ts';
import { ADMITTED_IN, type DaemonState } from '../../boundary/daemon-state.ts';
import type { CeremonyEntry } from '../domain/audit/entry.ts';
import { checkCommand } from './check-command.ts';
import { Draft } from './draft.ts';
import { enrolToken } from './enrol-token.ts';
import { Fault } from './fault.ts';
import { initialise } from './initialise.ts';
import { OpenKeys } from './open-keys.ts';
import type { VaultPorts } from './ports.ts';
import { Unsealing } from './unsealing.ts';
import { verifyCodes } from './verify-codes.ts';

/**
 * The vault: its state, its keys, and the batches it decides. One batch at a time; `answer` returns only
 * when everything the batch did is durable.
 */
export class Vault {
  readonly #ports: VaultPorts;
  #keys: OpenKeys | undefined;
  #unsealing: Unsealing;

  private constructor(ports: VaultPorts, unsealing: Unsealing) {
    this.#ports = ports;
    this.#unsealing = unsealing;
  }

  static async start(ports: VaultPorts): Promise<Vault> {
    const vault = new Vault(ports, await Unsealing.begin());
    vault.#recordAlone('started');
    return vault;
  }

  get state(): DaemonState {
    if (this.#keys !== undefined) return 'operational';
    return this.#ports.ledger.keys === undefined ? 'uninitialised' : 'sealed';
  }

  async answer(batch: readonly Command[]): Promise<Reply[]> {
    const draft = new Draft(this.#ports.ledger, this.#ports.now_ms());
    const replies: Reply[] = [];
    for (const command of batch) replies.push(await this.#answerOne(command, draft));
    draft.commit();
    return replies;
  }

  /** Between batches: what may be done later than the answers. */
  tidy(): void {
    this.#ports.ledger.writeBackSome();
  }

  stop(): void {
    this.#keys?.wipe();
    this.#unsealing.wipe();
    this.#recordAlone('stopped');
    this.#ports.ledger.close();
  }

  async #answerOne(command: Command, draft: Draft): Promise<Reply> {
    const { state } = this;
    if (!ADMITTED_IN[command.kind].includes(state)) {
      return fault('wrong-state', whyNotNow(command.kind, state), state);
    }
    try {
      checkCommand(command);
      return await this.#run(command, draft);
    } catch (error) {
      if (error instanceof Fault) return fault(error.reason, error.message, state);
      throw error;
    }
  }

  #run(command: Command, draft: Draft): Reply | Promise<Reply> {
    switch (command.kind) {
      case 'verify':
        return verifyCodes(command, draft, this.#openKeys(), this.#ports);
      case 'enrol':
        return enrolToken(command, draft, this.#openKeys(), this.#ports);
      case 'initialise':
        return this.#initialise(command, draft);
      case 'session-key':
        return { kind: 'session-key', public_key: this.#unsealing.session_public_key };
      case 'give-share':
        return this.#giveShare(command, draft);
      case 'seal':
        return this.#seal(command.caller, draft);
      case 'status':
        return this.#status();
      case 'note-refusal':
        draft.record({ ...command, kind: 'refusal', at_ms: draft.now_ms });
        return { kind: 'noted' };
    }
  }

  async #initialise(command: Extract<Command, { kind: 'initialise' }>, draft: Draft): Promise<Reply> {
    const reply = await initialise(command, draft, this.#ports);
    // The state follows the store: committed here, so that the next command of the batch is refused.
    draft.commit();
    return reply;
  }

  async #giveShare(command: GiveShareCommand, draft: Draft): Promise<Reply> {
    const stored = this.#storedKeys();
    const note = (act: CeremonyEntry['act'], detail: string) => {
      const { caller, custodian } = command;
      draft.record({ kind: 'ceremony', at_ms: draft.now_ms, caller, act, custodian, detail });
    };
    try {
      await this.#unsealing.take(command, stored);
      note('share-accepted', '');
      const { given } = this.#unsealing;
      const { threshold } = stored;
      if (given < threshold) return { kind: 'share-given', given, threshold, unsealed: false };
      using root = this.#unsealing.rootKey(stored);
      this.#keys = OpenKeys.unlock(root, stored, this.#ports);
      // The session is over: what was sealed to its key opens nothing any more.
      this.#unsealing = await Unsealing.begin();
      note('unsealed', stored.root_key_kcv);
      return { kind: 'share-given', given: 0, threshold, unsealed: true };
    } catch (error) {
      if (error instanceof Fault) note('share-refused', error.message);
      throw error;
    }
  }

  async #seal(caller: string, draft: Draft): Promise<ReplyOf['seal']> {
    this.#keys?.wipe();
    this.#keys = undefined;
    this.#unsealing = await Unsealing.begin();
    const at_ms = draft.now_ms;
    const log_index = draft.record({ kind: 'ceremony', at_ms, caller, act: 'sealed', custodian: '', detail: '' });
    return { kind: 'sealed', log_index };
  }

  #status(): StatusReply {
    const { ledger, profile, realm } = this.#ports;
    return {
      kind: 'status',
      state: this.state,
      realm,
      profile: profile.name,
      log_size: ledger.log_size,
      active_enrolments: ledger.active_enrolments,
      root_key_kcv: ledger.keys?.root_key_kcv ?? '',
      shares_given: this.#unsealing.given,
      threshold: ledger.keys?.threshold ?? 0,
    };
  }

  #recordAlone(act: 'started' | 'stopped'): void {
    const draft = new Draft(this.#ports.ledger, this.#ports.now_ms());
    draft.record({ kind: 'daemon', at_ms: draft.now_ms, act, version: this.#ports.version });
    draft.commit();
  }

  // The state table admits a command only when these exist; anything else is a broken invariant.
  #openKeys(): OpenKeys {
    if (this.#keys === undefined) throw new Error('operational without keys');
    return this.#keys;
  }

  #storedKeys() {
    const { keys } = this.#ports.ledger;
    if (keys === undefined) throw new Error('sealed without a keyring');
    return keys;
  }
}

/** What to do about a command that this state does not admit. */
function whyNotNow(kind: Command['kind'], state: DaemonState): string {
  if (state === 'uninitialised') return 'the daemon has no keys yet: the first ceremony makes them';
  if (kind === 'initialise') return `the daemon has its keys already, and is ${state}`;
  return state === 'sealed'
    ? 'the daemon is sealed: custodians must give their shares first'
    : 'the daemon is operational already: no share is needed';
}

function fault(reason: FaultReply['reason'], message: string, state: DaemonState): FaultReply {
  return { kind: 'fault', reason, message, state };
}
