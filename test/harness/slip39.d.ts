declare module 'slip39' {
  /** The part of the peer's interface that the tests use. */
  export default class Slip39 {
    static fromArray(secret: number[], options: object): Slip39;
    static recoverSecret(mnemonics: string[], passphrase: string): number[];
    fromPath(path: string): { mnemonics: string[] };
  }
}
