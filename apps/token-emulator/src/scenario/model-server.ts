// A small verifying server, so that a scenario needs no daemon: time windows (RFC 6238, 5.2 and 6),
// look-ahead and resynchronisation (RFC 4226, 7.4), single use, a lock after wrong tries.
import { sealEnvelope } from '@ramz/custody';
import {
  bankPinDigits,
  formatCode,
  HmacKey,
  hotp,
  ocraMatches,
  parseOcraSuite,
  Secret,
  secretBytes,
} from '@ramz/otp-core';
import type { TokenParameters } from '../firmware/token-state.ts';
import type { RamzToken } from '../host/ramz-token.ts';
import { LAB_PARAMETERS, LAB_SUITE } from '../lab/load-seed.ts';
import type { InstantMs } from '../time/instant.ts';
import { RandomStream } from '../time/random-stream.ts';
import type { LoginVerdict, Verifier } from './verifier.ts';

/** How the server accepts codes. Steps are periods of the token, or counts of a counting token. */
export interface ServerPolicy {
  readonly kind: 'time' | 'event' | 'challenge';
  readonly backSteps: number;
  readonly aheadSteps: number;
  readonly resyncSteps: number;
  readonly learnsDrift: boolean;
  readonly tries: number;
}

interface ServerEnrolment {
  readonly key: HmacKey;
  /** Nothing at or below it is accepted again. */
  floor: number;
  driftSteps: number;
  wrong: number;
  isSuspended: boolean;
}

const SEED_BYTES = 20;

export class ModelServer implements Verifier {
  readonly #policy: ServerPolicy;
  readonly #seeds: RandomStream;
  readonly #enrolled = new Map<string, ServerEnrolment>();
  readonly #parameters: TokenParameters;
  #nowMs = 0;

  constructor(policy: ServerPolicy, seed: number, digits: number) {
    this.#policy = policy;
    this.#seeds = new RandomStream(seed, 'model server');
    const suite = policy.kind === 'challenge' ? { ocraSuite: LAB_SUITE } : {};
    this.#parameters = { ...LAB_PARAMETERS, digits, ...suite };
  }

  async enrol(name: string, token: RamzToken): Promise<void> {
    using seed = Secret.own(this.#drawSeed());
    const { publicKey } = await token.info();
    const enrolmentId = Buffer.from(name.padEnd(16, '.').slice(0, 16), 'latin1').toString('hex');
    const envelope = await sealEnvelope('seed', publicKey, Secret.copy(seed.expose()), enrolmentId);
    await token.provision(enrolmentId, this.#parameters, envelope);
    const fresh = {
      key: HmacKey.from(this.#parameters.hash, seed),
      floor: -1,
      driftSteps: 0,
      wrong: 0,
      isSuspended: false,
    };
    this.#enrolled.set(name, fresh);
  }

  async setTime(now: InstantMs): Promise<void> {
    this.#nowMs = now;
  }

  /** Simulates a provisioning error: two tokens with one seed. */
  shareSeed(from: string, name: string): void {
    this.#enrolled.set(name, this.#of(from));
  }

  async unlock(name: string): Promise<void> {
    this.#of(name).wrong = 0;
  }

  async suspend(name: string, isSuspended: boolean): Promise<void> {
    this.#of(name).isSuspended = isSuspended;
  }

  async remove(name: string): Promise<void> {
    this.#of(name).key.wipe();
    this.#enrolled.delete(name);
  }

  async verify(name: string, code: string): Promise<LoginVerdict> {
    const one = this.#enrolled.get(name);
    // Of a customer that it does not know, or knows as suspended, a server says no more.
    if (one === undefined || one.isSuspended) return 'refused';
    if (one.wrong >= this.#policy.tries) return 'locked';
    const [first, last] = this.#window(one, this.#policy.backSteps, this.#policy.aheadSteps);
    const found = this.#find(one, code, first, last);
    if (found !== undefined) return this.#accept(one, found);
    // A used code is refused, but does not count as a guess.
    if (this.#find({ ...one, floor: -1 }, code, first, one.floor) !== undefined) return 'refused';
    one.wrong += 1;
    return one.wrong >= this.#policy.tries ? 'locked' : 'refused';
  }

  /** Checks an answer to a challenge (RFC 6287, 7.1), which counts like any other try. */
  answer(name: string, challenge: string, response: string): LoginVerdict {
    const one = this.#of(name);
    if (one.wrong >= this.#policy.tries) return 'locked';
    const suite = parseOcraSuite(this.#parameters.ocraSuite ?? '');
    if (ocraMatches(one.key, suite, { mode: 'one-way', challenge }, response)) {
      one.wrong = 0;
      return 'accepted';
    }
    one.wrong += 1;
    return one.wrong >= this.#policy.tries ? 'locked' : 'refused';
  }

  async resynchronise(name: string, code: string, nextCode: string): Promise<LoginVerdict> {
    const one = this.#of(name);
    const { resyncSteps } = this.#policy;
    const [first, last] = this.#window(one, resyncSteps, resyncSteps);
    for (let at = Math.max(first, one.floor + 1); at <= last; at++) {
      if (this.#codeAt(one, at) !== code || this.#codeAt(one, at + 1) !== nextCode) continue;
      one.driftSteps = at + 1 - this.#center(one);
      return this.#accept(one, at + 1);
    }
    return 'refused';
  }

  #of(name: string): ServerEnrolment {
    const one = this.#enrolled.get(name);
    if (one === undefined) throw new RangeError(`${name} was not enrolled with the model server`);
    return one;
  }

  #accept(one: ServerEnrolment, at: number): LoginVerdict {
    if (this.#policy.kind === 'time' && this.#policy.learnsDrift) one.driftSteps = at - this.#center(one);
    one.floor = at;
    one.wrong = 0;
    return 'accepted';
  }

  /** Returns the step or count of a token without drift. */
  #center({ floor }: ServerEnrolment): number {
    if (this.#policy.kind === 'event') return floor + 1;
    return Math.floor(this.#nowMs / 1_000 / this.#parameters.periodSeconds);
  }

  #window(one: ServerEnrolment, back: number, ahead: number): [number, number] {
    const center = this.#center(one) + (this.#policy.kind === 'time' ? one.driftSteps : 0);
    const from = this.#policy.kind === 'time' ? center - back : center;
    return [Math.max(0, from), center + ahead];
  }

  #find(one: ServerEnrolment, code: string, first: number, last: number): number | undefined {
    for (let at = Math.max(first, one.floor + 1); at <= last; at++) if (this.#codeAt(one, at) === code) return at;
    return undefined;
  }

  #codeAt({ key }: ServerEnrolment, at: number): string {
    return formatCode(hotp(key, at, bankPinDigits(this.#parameters.digits)));
  }

  #drawSeed(): Uint8Array {
    const seed = secretBytes(SEED_BYTES);
    for (let i = 0; i < SEED_BYTES; i++) seed[i] = Math.floor(this.#seeds.draw() * 256);
    return seed;
  }
}
