// Daemons on one store, customers with tokens, a network that loses and repeats messages, a clock
// that runs for years: all from one seed. After each round the answers are checked against the
// model.
import { RecipientKeys } from '@ramz/custody';
import { formatCode, HmacKey, hotp, type Secret } from '@ramz/otp-core';
import type { AttemptResult, Command, Reply } from '../../../apps/hsm-daemon/src/boundary/commands.ts';
import { VaultLink, VaultUnavailable } from '../../../apps/hsm-daemon/src/boundary/vault-link.ts';
import type { Vault } from '../../../apps/hsm-daemon/src/vault/application/vault.ts';
import type { Purpose, VerdictReason } from '../../../libs/audit-log/src/entries/words.ts';
import type { BankProfile } from '../../../libs/bank-profile/src/bank-profile.ts';
import type { PurposePolicy } from '../../../libs/bank-profile/src/purpose-policy.ts';
import { hexId } from '../../harness/ledger-entries.ts';
import { makeStoredKeys, secretRandom, startOperational, testPorts } from '../../harness/operational-vault.ts';
import type { Seeded } from '../seeded.ts';
import { type Operation, statesAfter } from './linearizable.ts';
import type { CodeOf, Limits, Subject } from './model.ts';
import { type Plant, plantedDecide } from './plants.ts';
import { Scheduler } from './scheduler.ts';
import { SharedLedger, SharedStore } from './shared-store.ts';

/** Delivers at once: the world has no event loop. */
const AT_ONCE = (work: () => void): void => work();

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3600 * 1000;
const NOBODY = -1;
const SUBJECTS = 6;
const RETRIES_MAX = 4;

export interface Tally {
  rounds: number;
  requests: number;
  accepted: number;
  unheard: number;
  restarts: number;
  virtualDays: number;
}

interface Customer {
  readonly name: string;
  readonly purpose: Purpose;
  readonly keys: readonly HmacKey[];
}

/** A daemon: its vault, and the front's end of the wall. */
interface Node {
  readonly id: string;
  vault: Vault;
  link: VaultLink;
}

export class Broken extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Broken';
  }
}

export class World {
  readonly tally: Tally = { rounds: 0, requests: 0, accepted: 0, unheard: 0, restarts: 0, virtualDays: 0 };
  readonly #seeded: Seeded;
  readonly #profile: BankProfile;
  readonly #plant: Plant;
  readonly #scheduler: Scheduler;
  readonly #store = new SharedStore();
  readonly #nodes: Node[] = [];
  #root: Secret | undefined;
  #nowMs = Date.UTC(2026, 0, 1);
  readonly #beganMs = this.#nowMs;
  #request = 0;
  #isCalm = true;
  readonly #customers = new Map<string, Customer[]>();
  #states = new Map<string, Subject[]>();

  private constructor(seeded: Seeded, profile: BankProfile, plant: Plant) {
    this.#seeded = seeded;
    this.#profile = profile;
    this.#plant = plant;
    this.#scheduler = new Scheduler(seeded);
  }

  static async build(seeded: Seeded, profile: BankProfile, plant: Plant, daemons: number): Promise<World> {
    const world = new World(seeded, profile, plant);
    const random = secretRandom((length) => seeded.bytes(length));
    const { root, stored } = await makeStoredKeys(profile, random);
    world.#root = root;
    world.#store.keys = { version: 1, value: stored };
    if (plant !== 'no-single-use' && plant !== 'uncounted') world.#store.plant = plant;
    for (let n = 1; n <= daemons; n++) world.#nodes.push(await world.#start(hexId(n)));
    for (let n = 0; n < SUBJECTS; n++) await world.#enrol(n);
    world.#store.turn = () => (world.#isCalm ? Promise.resolve() : world.#scheduler.turn());
    world.#store.fateOf = () => world.#fate();
    return world;
  }

  /**
   * Sends many requests at once, then checks their answers.
   * @throws Broken
   */
  async round(): Promise<void> {
    this.#tick();
    if (this.#seeded.chance(0.05)) await this.#restart();
    const operations = new Map<string, Operation[]>();
    const underWay = Promise.all(Array.from({ length: 1 + this.#seeded.below(8) }, () => this.#ask(operations)));
    this.#isCalm = false;
    await this.#scheduler.run(underWay);
    this.#isCalm = true;
    await underWay;
    for (const [subject, asked] of operations) this.#check(subject, asked);
    this.tally.rounds += 1;
    this.tally.virtualDays = Math.round((this.#nowMs - this.#beganMs) / DAY_MS);
    // A lock is permanent: without new tokens all subjects would soon be locked.
    for (let n = 0; n < SUBJECTS; n++) if (this.#isLocked(n)) await this.#enrol(n);
  }

  /**
   * Advances the clock by seconds within a step, minutes, hours or days, to reach all limits in
   * time.
   */
  #tick(): void {
    const [seconds, minutes, hours] = [1_000, MINUTE_MS, 3600 * 1000];
    const unit = this.#seeded.pick([seconds, seconds, minutes, minutes, minutes, hours, DAY_MS]);
    this.#nowMs += this.#seeded.below(60) * unit * (unit === DAY_MS ? 0.2 : 1);
    if (this.#seeded.chance(0.2)) this.#nowMs = Math.ceil(this.#nowMs / MINUTE_MS) * MINUTE_MS;
    this.#nowMs = Math.floor(this.#nowMs);
  }

  async #ask(operations: Map<string, Operation[]>): Promise<void> {
    const subject = subjectName(this.#seeded.below(this.#seeded.chance(0.7) ? 1 : SUBJECTS));
    const customer = this.#seeded.pick(this.#customers.get(subject) ?? []);
    const { code, digits } = this.#drawCode(customer);
    const requestId = `r${(this.#request += 1)}`;
    const attempt = { requestId, subjectName: subject, purpose: customer.purpose, tokenSerial: '', code: digits };
    const sent = this.#scheduler.tick;
    let reason: VerdictReason | undefined;
    const times = 1 + (this.#seeded.chance(0.15) ? 1 : 0);
    for (let tries = 0, heard = 0; tries < RETRIES_MAX && heard < times; tries++) {
      const again = await this.#send({
        kind: 'verify',
        caller: 'bank',
        group: 'bank',
        channel: 'branch',
        attempts: [attempt],
      });
      if (again === undefined) continue;
      heard += 1;
      if (reason !== undefined && again.reason !== reason) {
        throw new Broken(`${requestId} got ${reason} first and ${again.reason} afterwards`);
      }
      reason = again.reason;
    }
    this.tally.requests += 1;
    if (reason === undefined) this.tally.unheard += 1;
    if (reason === 'accepted') this.tally.accepted += 1;
    const one = { purpose: customer.purpose, code, sent, answered: this.#scheduler.tick, reason };
    operations.set(subject, [...(operations.get(subject) ?? []), one]);
  }

  /**
   * Returns undefined without a verdict: the request or its answer was lost, or the daemon asked
   * for a retry.
   */
  async #send(command: Command): Promise<AttemptResult | undefined> {
    const { link } = this.#seeded.pick(this.#nodes);
    await this.#scheduler.turn();
    const isLost = this.#seeded.chance(0.15);
    const reply: Reply | undefined = await link.send(command).catch((error: unknown) => {
      if (error instanceof VaultUnavailable) return undefined;
      throw error;
    });
    await this.#scheduler.turn();
    if (isLost || reply === undefined) return undefined;
    if (reply.kind === 'fault' && reply.reason === 'store-unavailable') return undefined;
    if (reply.kind !== 'verdicts') throw new Broken(`expected a verdict, not ${JSON.stringify(reply)}`);
    return reply.results[0];
  }

  #check(subject: string, asked: readonly Operation[]): void {
    const before = this.#states.get(subject) ?? [];
    const after = statesAfter(before, asked, this.#nowMs, this.#limits(subject));
    if (after.length === 0) {
      throw new Broken(`no order explains the answers for ${subject}: ${JSON.stringify({ before, asked })}`);
    }
    this.#states.set(subject, after);
  }

  #limits(subject: string): Limits {
    const purpose = this.#customers.get(subject)?.[0]?.purpose ?? 'second-pin';
    const { triesMax, slowTriesMax } = this.#policy(purpose);
    return { triesMax, slowTriesMax, cardTriesMax: this.#profile.card.triesMax };
  }

  /**
   * Draws a code that stands for one step only, and draws again if it is by chance the code of
   * another live step.
   */
  #drawCode(customer: Customer): { readonly code: CodeOf; readonly digits: string } {
    for (;;) {
      const code = this.#drawStep(customer);
      const digits = this.#digits(customer, code);
      if (digits !== undefined) return { code, digits };
    }
  }

  #drawStep({ keys }: Customer): CodeOf {
    const nowStep = Math.floor(this.#nowMs / MINUTE_MS);
    if (this.#seeded.chance(0.35)) return { token: NOBODY, step: this.#seeded.below(1_000) };
    return { token: this.#seeded.below(keys.length), step: nowStep + this.#seeded.pick([0, 0, 0, -1, -1, -2, 1]) };
  }

  #digits({ keys, purpose }: Customer, { token, step }: CodeOf): string | undefined {
    const { digits } = this.#policy(purpose);
    const nowStep = Math.floor(this.#nowMs / MINUTE_MS);
    const codeAt = (key: HmacKey, at: number) => formatCode(hotp(key, at, digits));
    const others = keys.flatMap((one, i) =>
      [nowStep, nowStep - 1].flatMap((at) => (i === token && at === step ? [] : [codeAt(one, at)])),
    );
    const key = keys[token];
    const code = key === undefined ? String(step).padStart(digits, '0') : codeAt(key, step);
    return others.includes(code) ? undefined : code;
  }

  #fate(): 'done' | 'done-unheard' | 'lost' {
    if (this.#isCalm || !this.#seeded.chance(0.04)) return 'done';
    return this.#seeded.chance(0.5) ? 'done-unheard' : 'lost';
  }

  async #start(id: string): Promise<Node> {
    const ledger = new SharedLedger(this.#store, id);
    const random = secretRandom((length) => this.#seeded.bytes(length));
    const given = { profile: this.#profile, random, nowMs: () => this.#nowMs, ledger, root: this.#root as Secret };
    const vault = await startOperational(await testPorts(given, { decide: plantedDecide(this.#plant) }));
    const node: Node = { id, vault, link: new VaultLink(() => {}, AT_ONCE) };
    node.link = new VaultLink((batch) => {
      void node.vault.answer(batch).then((replies) => node.link.takeReplies(replies));
    }, AT_ONCE);
    return node;
  }

  /** Restarts a daemon on its own log. */
  async #restart(): Promise<void> {
    const at = this.#seeded.below(this.#nodes.length);
    const node = this.#nodes[at];
    if (node === undefined) return;
    node.link.vaultIsGone();
    this.#nodes[at] = await this.#start(node.id);
    this.tally.restarts += 1;
  }

  async #enrol(n: number): Promise<void> {
    const subject = subjectName(n);
    const purposes = this.#profile.purposeNames.filter((purpose) => purpose !== 'transaction-signature');
    const customers: Customer[] = [];
    const accounts: Record<string, unknown> = {};
    for (const purpose of purposes) {
      const tokens = this.#policy(purpose).tokensMax === 1 ? 1 : 3;
      const keys: HmacKey[] = [];
      for (let token = 0; token < tokens; token++) keys.push(await this.#enrolToken(subject, purpose, `T${token}`));
      customers.push({ name: subject, purpose, keys });
      const floor = Math.floor(this.#nowMs / MINUTE_MS) - 2;
      accounts[purpose] = { floor: Array(tokens).fill(floor), wrongMs: [], sinceAccepted: 0, isLocked: false };
    }
    this.#customers.set(subject, customers);
    this.#states.set(subject, [accounts as Subject]);
  }

  async #enrolToken(name: string, purpose: Purpose, tokenSerial: string): Promise<HmacKey> {
    const recipient = await RecipientKeys.make();
    const tokenPublicKey = recipient.publicKey;
    const [reply] = await (this.#nodes[0] as Node).vault.answer([
      { kind: 'enrol', caller: 'office', subjectName: name, purpose, tokenSerial, tokenPublicKey },
    ]);
    if (reply?.kind !== 'enrolled') throw new Broken(`an enrolment was refused: ${JSON.stringify(reply)}`);
    using seed = await recipient.open('seed', reply.sealedSeed, reply.enrolmentId);
    return HmacKey.from(this.#policy(purpose).hash, seed);
  }

  #isLocked(n: number): boolean {
    const states = this.#states.get(subjectName(n)) ?? [];
    return states.some((state) => Object.values(state).every(({ isLocked }) => isLocked));
  }

  #policy(purpose: Purpose): PurposePolicy {
    const policy = this.#profile.purposes[purpose];
    if (policy === undefined) throw new Error(`no purpose ${purpose}`);
    return policy;
  }
}

function subjectName(n: number): string {
  return `card/${String(6_280_230_000_000_000 + n)}`;
}
