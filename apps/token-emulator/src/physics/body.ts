// What a fall, a wash, heat and curious hands do. Hardly anything of it is published: probabilities are assumptions, and
// every one is a parameter. docs/physics.md, "The body".

/** Uniform, 0 to below 1. */
export type Draw = () => number;

/** How much a case takes. */
export interface Body {
  /** From here on a fall harms: one metre is what sheets promise (A). */
  readonly drop_height_m: number;
  /** Chance that a fall from twice the height leaves it working. Assumption. */
  readonly drop_survival_p: number;
  /** Assumption; IP54 (A) does not promise a washing machine. */
  readonly wash_survival_p: number;
  readonly tamper: Tamper;
}

/** What an opened case does to the secrets: sold devices claim each of them (A, C). */
export type Tamper = 'none' | 'evident' | 'zeroise';

/** What a fall did. */
export interface Fall {
  readonly isDead: boolean;
  readonly shockPpm: number;
  /** The cell's spring lets go for so long: a reset, and never a press. */
  readonly contactLostMs: number;
  readonly breaksSegment: boolean;
}

/** A crystal may move by about 1 ppm: assumption. */
const SHOCK_PPM = 1;
const CONTACT_LOST_MS = 40;
/** Of falls that harm: assumption. */
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

/** What a wash did: one that lives on leaks, and dies of it weeks later. */
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
