/** FNV-1a, 32 bit; the second lane begins elsewhere, so that the two differ for every text. */
const FNV_STARTS = [0x811c9dc5, 0x3c6ef372] as const;
const FNV_PRIME = 0x01000193;
/** The golden ratio's fraction: Weyl's step, so that neighboring draws begin far apart. */
const WEYL = 0x9e3779b9;

/** Names a token of a laboratory, a bench or a fleet: no two of any two of them share one. */
export function tokenSeed(world: number, token: number): string {
  return `${world}/token ${token}`;
}

/**
 * Random numbers that depend only on a seed, a name and how many were drawn. Streams are
 * independent: one more draw in one of them changes nothing in the others. The key has 64 bits, so
 * that ten million tokens share no stream. For physics only, never for a cryptographic key.
 */
export class RandomStream {
  readonly #high: number;
  readonly #low: number;
  #drawn: number;

  constructor(seed: number | string, name: string, drawn = 0) {
    const text = `${seed}/${name}`;
    this.#high = hashOf(text, FNV_STARTS[0]);
    this.#low = hashOf(text, FNV_STARTS[1]);
    this.#drawn = drawn;
  }

  /** How many numbers were drawn: with seed and name, the whole state. */
  get drawn(): number {
    return this.#drawn;
  }

  /** Returns a uniform number, 0 to below 1. */
  draw(): number {
    this.#drawn += 1;
    return this.drawAt(this.#drawn - 1);
  }

  /** Returns the uniform number that would be the one after so many draws, and draws nothing. */
  drawAt(drawn: number): number {
    const place = drawn < PLACES ? (places[drawn] as number) : mixed(Math.imul(drawn + 1, WEYL));
    return mixed(this.#low ^ mixed(this.#high ^ place)) / 2 ** 32;
  }

  /** Returns a number of the normal distribution with mean 0 and deviation 1 (Box and Muller). */
  normal(): number {
    const [radius, angle] = [this.draw(), this.draw()];
    return Math.sqrt(-2 * Math.log(1 - radius)) * Math.cos(2 * Math.PI * angle);
  }

  /**
   * Returns a normal number that is drawn anew until it lies within ±`limit`, whose deviation is
   * half of that: a limit in a data sheet is where parts are sorted out, not where they gather.
   */
  normalWithin(limit: number): number {
    for (;;) {
      const drawn = this.normal();
      if (Math.abs(drawn) <= 2) return (drawn * limit) / 2;
    }
  }
}

/** The first places of every stream, worked out once: a fleet draws a hundred million numbers. */
const PLACES = 4_096;
const places = Uint32Array.from({ length: PLACES }, (_, drawn) => mixed(Math.imul(drawn + 1, WEYL)));

function hashOf(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return mixed(hash);
}

/** Makes every output bit depend on every input bit (MurmurHash3's finalizer). */
function mixed(bits: number): number {
  let x = bits >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
