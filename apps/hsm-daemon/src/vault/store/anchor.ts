import type { AnchorMark } from '../domain/anchor/check-anchor.ts';

/** The port to a place outside the store that is not rolled back with it. */
export interface Anchor {
  /** Returns the mark; undefined when there is none, or none that can be read. */
  read(): AnchorMark | undefined;
  /** @throws AnchorTaken when another daemon has written the anchor since */
  write(mark: AnchorMark): void;
  close(): void;
}

/** Reports that two copies of one store are running. This one stops before both accept a code. */
export class AnchorTaken extends Error {
  constructor(path: string) {
    super(`another daemon writes the anchor ${path}: two copies of one store must not run`);
    this.name = 'AnchorTaken';
  }
}
