/** A measured curve as its points, with rising first numbers. */
export type Curve = readonly (readonly [at: number, value: number])[];

/** Straight lines between the points; the end values outside them. @throws RangeError for a curve without points */
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
