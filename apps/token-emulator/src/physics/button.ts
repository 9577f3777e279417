// A rubber dome over a contact: bounces, a program that waits them out, and what a stuck one costs. docs/physics.md,
// "The button".

/** A program looks again after so long: A for the order of it. */
export const DEBOUNCE_MS = 20;

/** A change of the contact, ms after the first. */
export interface Edge {
  readonly at_ms: number;
  readonly closed: boolean;
}

/**
 * Presses that a program sees that takes a contact for settled once it has not changed for `debounce_ms`, and how long
 * each was held.
 */
export function pressesSeen(edges: readonly Edge[], debounce_ms: number): { at_ms: number; held_ms: number }[] {
  const presses: { at_ms: number; held_ms: number }[] = [];
  let settled = false;
  let pressed_at_ms = 0;
  edges.forEach(({ at_ms, closed }, i) => {
    const until_ms = edges[i + 1]?.at_ms ?? Number.POSITIVE_INFINITY;
    if (until_ms - at_ms < debounce_ms || closed === settled) return;
    settled = closed;
    if (closed) pressed_at_ms = at_ms;
    else presses.push({ at_ms: pressed_at_ms, held_ms: at_ms - pressed_at_ms });
  });
  return presses;
}

/** Through the pull-up, while it is held down. */
export function stuck_uA(supply_V: number, pullup_ohm: number): number {
  return (supply_V / pullup_ohm) * 1e6;
}

/** Days until a cell is empty that gives nothing else. */
export function emptyAfter_days(capacity_mAh: number, load_uA: number): number {
  return (capacity_mAh * 1_000) / load_uA / 24;
}
