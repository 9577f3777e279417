import type { AnchorMark } from '../domain/anchor/check-anchor.ts';

/** The port to a place outside the store that is not rolled back with it. */
export interface Anchor {
  /** Undefined when there is none, or none that can be read. */
  read(): AnchorMark | undefined;
  /** @throws AnchorTaken when another daemon has written it since */
  write(mark: AnchorMark): void;
  close(): void;
}

/** Two copies of one store are running: this one stops before both accept a code. */
export class AnchorTaken extends Error {
  constructor(path: string) {
    super(`another daemon writes the anchor ${path}: two copies of one store must not run`);
    this.name = 'AnchorTaken';
  }
}
