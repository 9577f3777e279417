// What a fall, a wash and an opened case do. Hardly anything of it is published: probabilities are
// assumptions, and every one is a parameter. docs/explanation/physics.md, "The body".

/** Returns a uniform random number, 0 to below 1. */
export type Draw = () => number;

/** How much a case withstands. */
export interface Body {
  /** A fall from higher than this does harm. Data sheets promise one meter (A). */
  readonly drop_height_m: number;
  /** Probability that it works after a fall from twice that height. Assumption. */
  readonly drop_survival_p: number;
  /** Assumption; IP54 (A) does not cover a washing machine. */
  readonly wash_survival_p: number;
  readonly tamper: Tamper;
}

/** What opening the case does to the secrets. Devices on sale claim each of these (A, C). */
export type Tamper = 'none' | 'evident' | 'zeroise';

/** The effect of a fall. */
export interface Fall {
  readonly isDead: boolean;
  readonly shockPpm: number;
  /** How long the cell's spring loses contact: a reset, never a press. */
  readonly contactLostMs: number;
  readonly breaksSegment: boolean;
}

/** A shock may shift a crystal by about 1 ppm: assumption. */
const SHOCK_PPM = 1;
const CONTACT_LOST_MS = 40;
/** Probability that a fall of full harm breaks a segment: assumption. */
const SEGMENT_P = 0.15;

export function fall(body: Body, heightMeters: number, draw: Draw): Fall {
  const severity = heightMeters / body.drop_height_m;
  const [lives, moves, letsGo, cracks] = [draw(), draw(), draw(), draw()];
  if (severity <= 1) return { isDead: false, shockPpm: 0, contactLostMs: 0, breaksSegment: false };
  const harm = Math.min(1, severity - 1);
  return {
    isDead: lives > 1 - harm * (1 - body.drop_survival_p),
    shockPpm: (moves * 2 - 1) * SHOCK_PPM * harm,
    contactLostMs: letsGo < harm ? CONTACT_LOST_MS : 0,
    breaksSegment: cracks < SEGMENT_P * harm,
  };
}

/** The effect of a wash. A token that survives it leaks current, and dies of that weeks later. */
export interface Wash {
  readonly isDead: boolean;
  readonly leakMicroamps: number;
}

/** Empties a CR2032 in about three weeks. Assumption. */
const LEAK_UA = 450;

export function wash(body: Body, draw: Draw): Wash {
  const isDead = draw() >= body.wash_survival_p;
  return { isDead: isDead, leakMicroamps: isDead ? 0 : LEAK_UA * (0.5 + draw()) };
}
