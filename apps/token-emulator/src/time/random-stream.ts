/** FNV-1a, 32 bit. */
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** The golden ratio's fraction: Weyl's step, so that neighboring draws begin far apart. */
const WEYL = 0x9e3779b9;

/**
 * Random numbers that depend only on a seed, a name and how many were drawn. Streams are
 * independent: one more draw in one of them changes nothing in the others. For physics only, never
 * for a key.
 */
export class RandomStream {
  readonly #label: number;
  #drawn: number;

  constructor(seed: number, name: string, drawn = 0) {
    this.#label = hashOf(`${seed}/${name}`);
    this.#drawn = drawn;
  }

  /** How many numbers were drawn: with seed and name, the whole state. */
  get drawn(): number {
    return this.#drawn;
  }

  /** Returns a uniform number, 0 to below 1. */
  draw(): number {
    this.#drawn += 1;
    return mixed(this.#label ^ mixed(Math.imul(this.#drawn, WEYL))) / 2 ** 32;
  }

  /** Returns a number of the normal distribution with mean 0 and deviation 1 (Box and Muller). */
  normal(): number {
    const [radius, angle] = [this.draw(), this.draw()];
    return Math.sqrt(-2 * Math.log(1 - radius)) * Math.cos(2 * Math.PI * angle);
  }
}

function hashOf(text: string): number {
  let hash = FNV_START;
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
