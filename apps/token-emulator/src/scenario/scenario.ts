import type { StateName } from '../firmware/token-state.ts';
import type { Harm } from '../lab/harm-by-name.ts';
import type { Climate } from '../physics/climate.ts';
import type { DurationMs } from '../time/instant.ts';
import type { UsbFault } from '../usb/usb-fault.ts';
import type { LoginVerdict } from './verifier.ts';

/** The token of the step; may be absent if there is only one. */
interface TokenRef {
  readonly token?: string | undefined;
}

export interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** The expected condition of a token; an absent field may have any value. */
export interface Expectation extends TokenRef {
  readonly state?: StateName | undefined;
  readonly powered?: boolean | undefined;
  /** `dark`, `code`, or exactly this text. */
  readonly shows?: string | undefined;
  /** Whether a person can read what is shown. */
  readonly readable?: boolean | undefined;
  readonly low_battery?: boolean | undefined;
  readonly counter?: number | Bounds | undefined;
  readonly ahead_s?: Bounds | undefined;
  readonly supply_V?: Bounds | undefined;
  readonly used_share?: Bounds | undefined;
  readonly error_ppm?: Bounds | undefined;
  readonly clock_year?: number | undefined;
  readonly pin_tries_left?: number | undefined;
  readonly opened?: boolean | undefined;
  readonly temp_C?: Bounds | undefined;
  readonly load_uA?: Bounds | undefined;
  readonly used_mAh?: Bounds | undefined;
  readonly misread_p?: Bounds | undefined;
  readonly presses?: number | Bounds | undefined;
  readonly counter_writes?: number | Bounds | undefined;
  /** Transfers on its wire so far, by kind, and those that failed. */
  readonly wire?: Readonly<Record<string, number | Bounds>> | undefined;
  /** How often each event happened so far. */
  readonly events?: Readonly<Record<string, number | Bounds>> | undefined;
}

/** The steps by name. A step of a scenario has exactly one key. */
export interface Steps {
  wait: DurationMs;
  note: string;
  /** A seed may be refused, or torn by a loss of power while it is written. */
  enrol: TokenRef & { readonly expect: 'taken' | 'refused' | 'torn' };
  /** The server takes `to` for the customer of `from`, whose codes it takes no more. */
  re_issue: { readonly from: string; readonly to: string };
  unlock: TokenRef;
  suspend: TokenRef & { readonly suspended: boolean };
  delete: TokenRef;
  set_clock: TokenRef & {
    readonly to?: string | undefined;
    readonly ahead_s?: number | undefined;
    readonly expect: 'taken' | 'refused';
  };
  repeat: { readonly times: number; readonly steps: readonly ScenarioStep[] };
  /** At the beginning of each period, as often as the span has room for. */
  schedule: { readonly every: DurationMs; readonly for: DurationMs; readonly steps: readonly ScenarioStep[] };
  share_seed: { readonly from: string; readonly with: string };
  press: TokenRef & { readonly held_ms: number; readonly times: number; readonly every?: DurationMs | undefined };
  keys: TokenRef & { readonly type: string };
  /** A person reads the answer to a challenge and types it. */
  answer: TokenRef & { readonly challenge: string; readonly expect: LoginVerdict };
  pin: TokenRef & { readonly digits: string };
  /**
   * Presses, reads, and types after `after`. `as` is the token that the code is claimed to be from.
   */
  login: TokenRef & {
    readonly as?: string | undefined;
    readonly after?: DurationMs | undefined;
    readonly expect: LoginVerdict;
    readonly times: number;
    readonly every?: DurationMs | undefined;
  };
  replay: TokenRef & { readonly as?: string | undefined; readonly expect: LoginVerdict };
  resync: TokenRef & { readonly expect: LoginVerdict };
  bounce: TokenRef & { readonly edges_ms: readonly number[]; readonly presses: number };
  climate: TokenRef & { readonly place: string };
  temp: TokenRef & { readonly C: number };
  harm: TokenRef & Harm;
  charge: TokenRef & { readonly used_share: number };
  plug: TokenRef & { readonly plugged: boolean };
  fault: TokenRef & UsbFault;
  host: TokenRef & { readonly do: 'info' | 'read' | 'press' | 'replug'; readonly expect: 'ok' | 'error' };
  server_clock: {
    readonly off_by: number;
    readonly drift_ppm: number;
    /** Time in which it is slewed to the right time. */
    readonly slew?: DurationMs | undefined;
  };
  until: TokenRef & {
    readonly powered?: boolean | undefined;
    readonly state?: StateName | undefined;
    readonly within: DurationMs;
    readonly expect: boolean;
  };
  fork: { readonly from: string; readonly as: string };
  /** `count` tokens of the scenario's kind live for `run`; a share or a mean is expected. */
  fleet: {
    readonly count: number;
    readonly run: DurationMs;
    readonly measure: 'dead' | 'ahead_s';
    readonly expect: Bounds;
    readonly spread?: Bounds | undefined;
  };
  typed: { readonly layout: 'us' | 'fr'; readonly text: 'digits' | 'modhex'; readonly expect: 'same' | 'other' };
  expect: Expectation;
}

export type StepName = keyof Steps;
/** Steps that hold steps. */
export type NestedName = 'repeat' | 'schedule';
export type ScenarioStep = Partial<Steps>;

/** A scenario after it was checked. */
export interface Scenario {
  readonly name: string;
  readonly says: string;
  readonly seed: number;
  readonly start: string;
  readonly tokens: Readonly<Record<string, { readonly profile: string; readonly change?: object | undefined }>>;
  readonly server: {
    readonly back_steps: number;
    readonly ahead_steps: number;
    readonly resync_steps: number;
    readonly learns_drift: boolean;
    readonly tries: number;
  };
  /** The shipped places and those of the file, by name. */
  readonly climates: ReadonlyMap<string, Climate>;
  /** How many seeds it runs with, and which share of them must pass. */
  readonly runs: number;
  readonly passShareMin: number;
  readonly steps: readonly ScenarioStep[];
}
