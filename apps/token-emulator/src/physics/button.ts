// A rubber dome over a contact: bounces, a program that waits them out, and the current of a stuck
// button. docs/explanation/physics.md, "The button".

/** How long a program waits for a contact to settle. Source A for the order of magnitude. */
export const DEBOUNCE_MS = 20;

/** A change of the contact, in ms after the first change. */
export interface Edge {
  readonly atMs: number;
  readonly closed: boolean;
}

/**
 * Returns the presses that a program sees and how long each was held. The program takes a contact
 * for settled once it has not changed for `debounceMs`.
 */
export function pressesSeen(edges: readonly Edge[], debounceMs: number): { atMs: number; heldMs: number }[] {
  const presses: { atMs: number; heldMs: number }[] = [];
  let settled = false;
  let pressedAtMs = 0;
  edges.forEach(({ atMs, closed }, i) => {
    const untilMs = edges[i + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    if (untilMs - atMs < debounceMs || closed === settled) return;
    settled = closed;
    if (closed) pressedAtMs = atMs;
    else presses.push({ atMs: pressedAtMs, heldMs: atMs - pressedAtMs });
  });
  return presses;
}

/** Returns the current through the pull-up while the button is down. */
export function stuckMicroamps(supplyVolts: number, pullupOhms: number): number {
  return (supplyVolts / pullupOhms) * 1e6;
}

/** Returns the days until this load alone empties a cell. */
export function emptyAfterDays(capacityMah: number, loadMicroamps: number): number {
  return (capacityMah * 1_000) / loadMicroamps / 24;
}
