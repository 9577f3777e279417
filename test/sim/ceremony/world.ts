// Ceremonies of people, with a hostile front and a machine with power cuts, from one seed.
import { aesKeyCheckValue, CustodyError, sharingScheme } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { VaultFault } from '../../../apps/hsm-daemon/src/front/errors/front-errors.ts';
import type { StoredKeys } from '../../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { readBankProfile } from '../../../libs/bank-profile/src/bank-profile.ts';
import { profilePath } from '../../../libs/bank-profile/src/shipped-profiles.ts';
import { PersonKeys } from '../../../libs/client/src/people/person-keys.ts';
import { Seat, type SeatActions } from '../../../libs/client/src/people/seat.ts';
import { VaultLine } from '../../../libs/client/src/people/vault-line.ts';
import type { Announcement, CeremonyView } from '../../../libs/custody/src/ceremony/announcement.ts';
import type { CeremonyKind } from '../../../libs/custody/src/ceremony/quorum.ts';
import type { CeremonyPlan, SensitiveCommand } from '../../../libs/custody/src/ceremony/statements.ts';
import { allEntries } from '../../harness/ledger-entries.ts';
import type { Seeded } from '../seeded.ts';
import { HostileFront, LostAnswer } from './hostile-front.ts';
import { Machine, type Plant, PowerCut, VaultCrashed } from './machine.ts';

const NAMES = ['ada', 'bea', 'cem', 'dor'] as const;
/** More than any ceremony needs: an unfinished one is left to the next. */
const STEPS_MAX = 120;

/** An invariant was broken. */
export class InvariantBroken extends Error {}

function must(holds: boolean, what: string): void {
  if (!holds) throw new InvariantBroken(what);
}

/** Counts how ceremonies ended. */
export interface Tally {
  finalised: number;
  aborted: number;
  unfinished: number;
  powerCuts: number;
  refused: number;
  byKind: Record<string, number>;
}

export class World {
  readonly #seeded: Seeded;
  readonly #plant: Plant;
  readonly #keys: ReadonlyMap<string, PersonKeys>;
  readonly #mallory: ReadonlyMap<string, PersonKeys>;
  #machine: Machine;
  #front: HostileFront;
  /** The share in force that each custodian has on paper. `#fresh` has those not yet in force. */
  #paper = new Map<string, Buffer>();
  #fresh = new Map<string, Buffer>();
  readonly tally: Tally = { finalised: 0, aborted: 0, unfinished: 0, powerCuts: 0, refused: 0, byKind: {} };

  private constructor(
    seeded: Seeded,
    plant: Plant,
    keys: ReadonlyMap<string, PersonKeys>,
    mallory: ReadonlyMap<string, PersonKeys>,
    machine: Machine,
  ) {
    this.#seeded = seeded;
    this.#plant = plant;
    this.#keys = keys;
    this.#mallory = mallory;
    this.#machine = machine;
    this.#front = new HostileFront(machine, seeded);
  }

  static async build(seeded: Seeded, plant: Plant): Promise<World> {
    const keysOf = async (names: readonly string[]) =>
      new Map(
        await Promise.all(
          names.map(
            async (name) =>
              [name, await PersonKeys.make(name, name === 'op' ? 'operator' : 'custodian', 'test')] as const,
          ),
        ),
      );
    const keys = await keysOf([...NAMES, 'op']);
    return new World(
      seeded,
      plant,
      keys,
      await keysOf(NAMES),
      await Machine.build(seeded, plant, readBankProfile(profilePath('maskan'))),
    );
  }

  /**
   * Holds one ceremony to any end, then checks every invariant.
   * @throws InvariantBroken
   */
  async holdOne(): Promise<void> {
    const before = this.#machine.ledger.keys;
    const plan = this.#plan();
    this.tally.byKind[plan.kind] = (this.tally.byKind[plan.kind] ?? 0) + 1;
    this.#fresh = new Map();
    this.#front.hostility = this.#seeded.pick([0, 0.05, 0.3]);
    if (this.#seeded.chance(0.3)) this.#machine.commitsLeft = this.#seeded.below(30);
    let ended: string;
    try {
      ended = await this.#play(plan);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      ended = 'power cut';
    }
    await this.#settle(ended);
    await this.#check(before, plan);
    if (this.#machine.ledger.keys?.destroyed === true) await this.#newMachine();
  }

  async scrap(): Promise<void> {
    await this.#machine.scrap();
  }

  #line(name: string): VaultLine {
    return new VaultLine(this.#front, this.#keys.get(name) as PersonKeys, [this.#machine.identity], () =>
      Promise.resolve(false),
    );
  }

  #falseLine(name: string): VaultLine {
    return new VaultLine(this.#front, this.#mallory.get(name) as PersonKeys, [this.#machine.identity], () =>
      Promise.resolve(false),
    );
  }

  #plan(): CeremonyPlan {
    const stored = this.#machine.ledger.keys;
    const kinds: Partial<Record<string, readonly CeremonyKind[]>> = {
      uninitialised: ['initialise'],
      sealed: ['unseal', 'unseal', 'unseal', 'roll-call', 'destroy'],
      operational: [
        'rotate-root-key',
        'refresh-shares',
        'replace-custodian',
        'rotate-seed-master',
        'roll-call',
        'destroy',
      ],
    };
    const kind: CeremonyKind = this.#seeded.pick(kinds[this.#machine.state] ?? (['unseal'] as const));
    const custodians = this.#seeded.shuffled(NAMES).slice(0, 2 + this.#seeded.below(3));
    const makes = ['initialise', 'rotate-root-key'].includes(kind);
    if (stored === undefined || makes) {
      const scheme = this.#seeded.pick(['slip39', 'xor'] as const);
      const threshold = scheme === 'xor' ? custodians.length : 2 + this.#seeded.below(custodians.length - 1);
      return { kind, scheme, threshold, custodians };
    }
    const { scheme, threshold, holders } = stored.shares;
    const gone = this.#seeded.pick(holders);
    const come = NAMES.find((name) => !holders.includes(name)) ?? gone;
    const replaced = holders.map((name) => (name === gone ? come : name));
    return { kind, scheme, threshold, custodians: kind === 'replace-custodian' ? replaced : holders };
  }

  async #play(plan: CeremonyPlan): Promise<string> {
    if (!(await this.#open(plan))) return 'unfinished';
    const seats = new Map([...NAMES, 'op'].map((name) => [name, new Seat(this.#line(name), this.#tableOf(name))]));
    // The front shuts one custodian out and plays the part itself, with its own keys.
    const usurped = this.#seeded.chance(this.#front.hostility / 2) ? this.#seeded.pick(NAMES) : undefined;
    if (usurped !== undefined) seats.set(usurped, new Seat(this.#falseLine(usurped), this.#tableOf(usurped)));
    for (let step = 0; step < STEPS_MAX; step++) {
      const now = await this.#tolerant(() => this.#line('op').look());
      if (now === undefined) continue;
      const phase = now.ceremony?.phase ?? 'aborted';
      if (phase === 'finalised' || phase === 'aborted') return phase;
      await this.#tolerant(() => this.#oneMove(seats, now));
    }
    return 'unfinished';
  }

  async #oneMove(seats: ReadonlyMap<string, Seat>, now: Announcement): Promise<void> {
    const { hostility } = this.#front;
    const roll = this.#seeded.next();
    const id = now.ceremony?.id ?? '';
    if (roll < hostility / 10)
      return void (await this.#line(this.#seeded.pick([...NAMES, 'op'])).say({
        type: 'abort',
        ceremony: id,
        reason: 'no reason',
      }));
    if (roll < hostility / 3) return this.#front.replayOne();
    if (roll < hostility / 2) return this.#impersonate(id);
    if (roll < hostility / 1.7) return this.#interfere(now);
    const name = this.#seeded.pick([...seats.keys()]);
    const seat = seats.get(name) as Seat;
    // Sometimes a person sends a statement that is not theirs to send now.
    if (this.#seeded.chance(hostility / 4))
      return void (await this.#line(name).say({
        type: this.#seeded.pick(['finalise', 'collect'] as const),
        ceremony: id,
      }));
    await seat.serve(await this.#line('op').look());
  }

  /**
   * Proposes a sensitive command during a ceremony: a seal aborts it, any other command is
   * rejected.
   */
  async #interfere({ holders }: Announcement): Promise<void> {
    const stored = this.#machine.ledger.keys;
    if (stored === undefined) return;
    const person = (this.#mallory.get('ada') as PersonKeys).person;
    const command: SensitiveCommand = this.#seeded.pick([
      { name: 'seal' },
      { name: 'set-quorum', quorum: stored.quorum },
      { name: 'add-person', person: { ...person, name: 'audrey', role: 'auditor' } },
      { name: 'set-key-state', key: 'seed-master', version: 1, state: 'suspended' },
    ] as const);
    const before = JSON.stringify(stored);
    const { nonce } = await this.#line('op').propose(command);
    for (const name of holders) await this.#approve(name, nonce);
    must(
      JSON.stringify(this.#machine.ledger.keys) === before,
      `"${command.name}" changed the keys under an open ceremony`,
    );
  }

  async #approve(name: string, nonce: string): Promise<Announcement> {
    const line = this.#line(name);
    return line.approve(await line.proposal(nonce));
  }

  /** Joins under a custodian's name with the front's own keys. */
  async #impersonate(ceremony: string): Promise<void> {
    const name = this.#seeded.pick(NAMES);
    const line = this.#falseLine(name);
    await line.say({ type: 'join', ceremony, person: line.keys.person });
  }

  async #open(plan: CeremonyPlan): Promise<boolean> {
    for (let attempt = 0; attempt < 5; attempt++) {
      const opened = await this.#tolerant(async () => {
        const operator = this.#line('op');
        const before = await operator.look();
        const phase = before.ceremony?.phase;
        if (phase !== undefined && phase !== 'finalised' && phase !== 'aborted') return true;
        if (plan.kind === 'initialise')
          return (await operator.say({ type: 'open', plan, person: operator.keys.person })) !== undefined;
        let { nonce, now } = await operator.propose({ name: 'open-ceremony', plan }, 30);
        for (const name of now.holders) {
          if (!now.proposals.some((proposal) => proposal.nonce === nonce && proposal.used === 0)) break;
          now = await this.#approve(name, nonce);
        }
        return now.ceremony?.plan.kind === plan.kind;
      });
      if (opened === true) return true;
    }
    return false;
  }

  /** Tolerates rejections and lost answers, but no other error. */
  async #tolerant<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof VaultCrashed) throw new InvariantBroken(error.message);
      if (error instanceof VaultFault) this.tally.refused += 1;
      const expected = error instanceof VaultFault || error instanceof LostAnswer || error instanceof CustodyError;
      if (!expected && !(error instanceof Error && /no such proposal|no share on paper/.test(error.message)))
        throw error;
      return undefined;
    }
  }

  #tableOf(name: string): SeatActions {
    const wrongAtTimes = this.#front.hostility;
    return {
      // People compare the keys they hear with those they see.
      compareRoster: ({ roster }: CeremonyView) =>
        Promise.resolve(
          this.#plant === 'nobody-compares' ||
            roster.every((person) => person.signing_key === this.#keys.get(person.name)?.person.signing_key),
        ),
      writeDown: (share, { plan }) => {
        this.#fresh.set(name, Buffer.from(sharingScheme(plan.scheme).read(share).expose()));
        return Promise.resolve();
      },
      typeShare: (_scheme, which) => {
        const paper = which === 'new' ? this.#fresh : this.#paper;
        const from = this.#seeded.chance(wrongAtTimes) ? this.#seeded.pick(NAMES) : name;
        const share = paper.get(from);
        if (share === undefined) throw new Error('no share on paper');
        const typed = Secret.copy(share);
        if (this.#seeded.chance(wrongAtTimes / 2))
          typed.expose()[this.#seeded.below(typed.length)] = this.#seeded.below(4);
        return Promise.resolve(typed);
      },
    };
  }

  /** Restarts the machine after a power cut or an unfinished ceremony, and counts the end. */
  async #settle(ended: string): Promise<void> {
    this.#machine.commitsLeft = Number.POSITIVE_INFINITY;
    if (ended === 'power cut') {
      this.tally.powerCuts += 1;
      await this.#machine.restart();
    } else if (ended === 'unfinished') {
      this.tally.unfinished += 1;
      await this.#machine.restart();
    } else this.tally[ended === 'finalised' ? 'finalised' : 'aborted'] += 1;
    // Sometimes the operator seals it, so that unsealing is simulated, too.
    if (this.#machine.state === 'operational' && this.#seeded.chance(0.3)) {
      this.#front.hostility = 0;
      await this.#line('op').propose({ name: 'seal' }, 30);
      const state: string = this.#machine.state;
      must(state === 'sealed', 'an approved seal did not seal');
    }
  }

  async #check(before: StoredKeys | undefined, plan: CeremonyPlan): Promise<void> {
    const { ledger } = this.#machine;
    const after = ledger.keys;
    const changed = JSON.stringify(before) !== JSON.stringify(after);
    const last = (await allEntries(ledger))
      .flatMap((entry) => (entry.kind === 'ceremony' ? [entry.act] : []))
      .filter((act) => ['opened', 'took-effect', 'abort', 'abandoned'].includes(act))
      .at(-1);
    must(
      !changed || last === 'took-effect',
      `the keys changed and the log does not say so (${plan.kind}, last ${last})`,
    );
    const makes = ['initialise', 'rotate-root-key', 'refresh-shares', 'replace-custodian'].includes(plan.kind);
    if (changed && makes) this.#paper = new Map([...this.#fresh].filter(([name]) => plan.custodians.includes(name)));
    if (after === undefined || after.destroyed) return;
    this.#checkShares(after);
    for (const { name, signing_key: signingKey } of after.persons) {
      must(this.#keys.get(name)?.person.signing_key === signingKey, `a foreign key is in force for ${name}`);
    }
    await this.#checkNothingWritten();
  }

  /** Checks that the holders of shares in force can still combine the root key. */
  #checkShares({ shares, root }: StoredKeys): void {
    const scheme = sharingScheme(shares.scheme);
    const given = this.#seeded
      .shuffled(shares.holders)
      .slice(0, shares.threshold)
      .map((name) => this.#paper.get(name));
    must(
      given.every((share) => share !== undefined),
      'a holder has no share on paper: a key is lost',
    );
    using key = scheme.combine(given.map((share) => Secret.copy(share as Buffer)));
    must(aesKeyCheckValue(key) === root.kcv, 'the shares in force make another key');
  }

  /** Checks that the log contains no share, raw or in hexadecimal. */
  async #checkNothingWritten(): Promise<void> {
    const { ledger } = this.#machine;
    const recent = Buffer.concat(await ledger.leaves(Math.max(0, ledger.logSize - 200), 200));
    for (const share of [...this.#paper.values(), ...this.#fresh.values()]) {
      must(!recent.includes(share) && !recent.includes(share.toString('hex')), 'the log holds a share');
    }
  }

  async #newMachine(): Promise<void> {
    await this.#machine.scrap();
    this.#machine = await Machine.build(this.#seeded, this.#plant, readBankProfile(profilePath('maskan')));
    this.#front = new HostileFront(this.#machine, this.#seeded);
    this.#paper = new Map();
  }
}
