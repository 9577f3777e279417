// What the app needs from the gateway of its bank. The field names are those of the contract.

/** The bank's activation key, as GetActivationKey returns it. */
export interface KeyOfBank {
  readonly publicKey: Uint8Array;
  readonly epoch: number;
  readonly signature: Uint8Array;
  /** The daemon's time in Unix milliseconds. */
  readonly atMs: number;
}

export interface CompletedPurpose {
  readonly purpose: string;
  readonly enrolmentId: string;
  readonly sealedSeed: Uint8Array;
  readonly hash: 'sha1' | 'sha256' | 'sha512';
  readonly digits: number;
  readonly periodSeconds: number;
  readonly t0Seconds: number;
  readonly ocraSuite: string;
}

/** Seeds for the app; none when the codes were refused. */
export interface Completion {
  readonly purposes: readonly CompletedPurpose[];
  readonly atMs: number;
}

export interface TokenProofSent {
  /** `card/` or `customer/` and the number. */
  readonly subject: string;
  readonly enrolmentId: string;
  readonly minute: number;
  readonly mac: Uint8Array;
}

/** How the bank says that a token stands. */
export interface StateAtBank {
  /** Status of each purpose by its name; none for a void token or a wrong proof. */
  readonly purposes: ReadonlyMap<string, string>;
  /** The daemon's time in Unix milliseconds. */
  readonly atMs: number;
}

export interface AppGateway {
  activationKey(): Promise<KeyOfBank>;
  complete(subject: string, epoch: number, sealedCodes: Uint8Array): Promise<Completion>;
  deleteToken(proof: TokenProofSent): Promise<boolean>;
  tokenState(proof: TokenProofSent): Promise<StateAtBank>;
}
