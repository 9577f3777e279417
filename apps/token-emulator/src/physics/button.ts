// A rubber dome over a contact: bounces, a program that waits them out, and what a stuck one costs. docs/physics.md,
// "The button".

/** A program looks again after so long: A for the order of it. */
export const DEBOUNCE_MS = 20;

/** A change of the contact, ms after the first. */
export interface Edge {
  readonly atMs: number;
  readonly closed: boolean;
}

/**
 * Presses that a program sees that takes a contact for settled once it has not changed for `debounceMs`, and how long
 * each was held.
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

/** Through the pull-up, while it is held down. */
export function stuckMicroamps(supplyVolts: number, pullupOhms: number): number {
  return (supplyVolts / pullupOhms) * 1e6;
}

/** Days until a cell is empty that gives nothing else. */
export function emptyAfterDays(capacityMah: number, loadMicroamps: number): number {
  return (capacityMah * 1_000) / loadMicroamps / 24;
}
