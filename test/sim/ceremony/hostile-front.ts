// A malicious front: it drops answers, sends statements twice, replays old ones, changes them, and
// joins under the names of others.
import type { WireActInput, WireActResult, WireAnnouncementResult, WireMinutesResult } from '@ramz/proto';
import type { AnnouncedReply } from '../../../apps/hsm-daemon/src/boundary/commands.ts';
import { VaultFault } from '../../../apps/hsm-daemon/src/front/errors/front-errors.ts';
import type { CeremonyWire } from '../../../libs/client/src/people/vault-line.ts';
import type { Seeded } from '../seeded.ts';
import type { Machine } from './machine.ts';

/** A lost answer: the next announcement shows whether the statement took effect. */
export class LostAnswer extends Error {}

const REMEMBERED = 200;

export class HostileFront implements CeremonyWire {
  readonly #machine: Machine;
  readonly #seeded: Seeded;
  readonly #seen: WireActInput[] = [];
  /** The probability that it tampers with a statement. */
  hostility = 0;

  constructor(machine: Machine, seeded: Seeded) {
    this.#machine = machine;
    this.#seeded = seeded;
  }

  async announcement(nonce: Buffer): Promise<WireAnnouncementResult> {
    return { announcement: wireOf(await this.#granted({ kind: 'announce', nonce: nonce.toString('hex') })) };
  }

  async act(request: WireActInput): Promise<WireActResult> {
    this.#seen.push(request);
    if (this.#seen.length > REMEMBERED) this.#seen.shift();
    if (this.#seeded.chance(this.hostility)) await this.#meddle(request);
    const reply = await this.send(request);
    if (this.#seeded.chance(this.hostility / 2)) throw new LostAnswer();
    return { announcement: wireOf(reply), envelope: Buffer.from(reply.attachment), logSize: String(reply.logSize) };
  }

  minutes(): Promise<WireMinutesResult> {
    return Promise.reject(new Error('minutes are not simulated'));
  }

  /** Replays a statement it has seen, from this ceremony or an older one. */
  async replayOne(): Promise<void> {
    if (this.#seen.length > 0) await this.#quietly(this.#seeded.pick(this.#seen));
  }

  async send({ statement, signature, envelope }: WireActInput): Promise<AnnouncedReply> {
    return this.#granted({
      kind: 'act',
      caller: 'front',
      // A compromised front can claim any role.
      role: /"by":"op"/.test(String(statement)) ? 'operator' : 'custodian',
      statement: Uint8Array.from(statement as Buffer),
      signature: Uint8Array.from(signature as Buffer),
      attachment: Uint8Array.from(envelope as Buffer),
    });
  }

  /** Sends a changed or an old statement before the honest one. */
  async #meddle(request: WireActInput): Promise<void> {
    const flipped = (bytes: Buffer) => {
      const changed = Buffer.from(bytes);
      const at = this.#seeded.below(Math.max(changed.length, 1));
      changed[at] = (changed[at] ?? 0) ^ (1 + this.#seeded.below(255));
      return changed;
    };
    switch (this.#seeded.below(4)) {
      case 0:
        return this.#quietly({ ...request, statement: flipped(request.statement as Buffer) });
      case 1:
        return this.#quietly({ ...request, signature: flipped(request.signature as Buffer) });
      case 2:
        return this.#quietly({ ...request, envelope: Buffer.from(this.#seeded.bytes(this.#seeded.below(200))) });
      default:
        return this.replayOne();
    }
  }

  /** Ignores the answer to a hostile message, but not a crash of the vault. */
  async #quietly(request: WireActInput): Promise<void> {
    await this.send(request).catch((error: unknown) => {
      if (!(error instanceof VaultFault)) throw error;
    });
  }

  async #granted(command: Parameters<Machine['ask']>[0]): Promise<AnnouncedReply> {
    const reply = await this.#machine.ask(command);
    if (reply.kind === 'fault') throw new VaultFault(reply);
    return reply as AnnouncedReply;
  }
}

function wireOf({ announcement, signature, identity }: AnnouncedReply) {
  return {
    announcement: Buffer.from(announcement),
    signature: Buffer.from(signature),
    identity: Buffer.from(identity),
  };
}
