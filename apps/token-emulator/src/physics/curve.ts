/** A measured curve as points, in rising order of `at`. */
export type Curve = readonly (readonly [at: number, value: number])[];

/**
 * Interpolates linearly between the points; outside them, returns the end values.
 * @throws RangeError for a curve without points
 */
export function valueAt(curve: Curve, at: number): number {
  const above = curve.findIndex(([place]) => place >= at);
  const [first, last] = [curve[0], curve.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('a curve has points');
  if (above < 0) return last[1];
  const [rightAt, right] = curve[above] ?? last;
  const [leftAt, left] = curve[above - 1] ?? first;
  if (rightAt === leftAt) return right;
  return left + ((right - left) * (at - leftAt)) / (rightAt - leftAt);
}
