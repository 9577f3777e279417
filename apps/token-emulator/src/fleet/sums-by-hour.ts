/**
 * Sums of something that repeats, such as the degrees of a climate: any span of hours costs the
 * same, and memory does not grow with the span.
 */
export class SumsByHour {
  /** Row `h` has the sum of the hours before `h`; the last row is the whole period. */
  readonly #rows: Float64Array;
  readonly #period: number;
  readonly #whole: number;

  /** @param ofHours what each hour of the period adds */
  constructor(ofHours: ArrayLike<number>) {
    this.#period = ofHours.length;
    this.#rows = new Float64Array(this.#period + 1);
    for (let hour = 0; hour < this.#period; hour++) {
      this.#rows[hour + 1] = (this.#rows[hour] as number) + (ofHours[hour] as number);
    }
    this.#whole = this.#rows[this.#period] as number;
  }

  /** @param hour whole, not negative */
  before(hour: number): number {
    if (hour < this.#period) return this.#rows[hour] as number;
    const periods = Math.floor(hour / this.#period);
    return periods * this.#whole + (this.#rows[hour - periods * this.#period] as number);
  }
}
