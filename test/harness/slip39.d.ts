declare module 'slip39' {
  /** The peer's door, as far as the tests go through it. */
  export default class Slip39 {
    static fromArray(secret: number[], options: object): Slip39;
    static recoverSecret(mnemonics: string[], passphrase: string): number[];
    fromPath(path: string): { mnemonics: string[] };
  }
}
