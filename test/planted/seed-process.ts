// Makes a process repeatable: every source of randomness of the runtime yields bytes that follow
// from one seed.
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const cryptoModule = process.getBuiltinModule('node:crypto');
/** RFC 8410: the PKCS #8 prefix of a 32-byte private key. */
const PKCS8_HEADS: Record<string, string> = {
  Ed25519: '302e020100300506032b657004220420',
  X25519: '302e020100300506032b656e04220420',
};

/** @param seed a name: the same name yields the same bytes in the same order */
export function seedProcess(seed: string): void {
  let drawn = 0;
  const fill = <T extends ArrayBufferView>(into: T): T => {
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    for (let at = 0; at < bytes.length; at += 32) {
      const block = createHash('sha256').update(`${seed}/${drawn++}`).digest();
      bytes.set(block.subarray(0, Math.min(32, bytes.length - at)), at);
    }
    return into;
  };
  const makePair = async (algorithm: string | { readonly name: string }, extractable: boolean, uses: KeyUsage[]) => {
    const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
    const head = PKCS8_HEADS[name];
    if (head === undefined) throw new Error(`the recording cannot make ${name} keys`);
    const pkcs8 = Buffer.concat([Buffer.from(head, 'hex'), fill(new Uint8Array(32))]);
    const spki = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
    const ofPublic = uses.filter((use) => use === 'verify');
    const ofPrivate = uses.filter((use) => use !== 'verify');
    const { subtle } = globalThis.crypto;
    return {
      privateKey: await subtle.importKey('pkcs8', pkcs8, name, extractable, ofPrivate),
      publicKey: await subtle.importKey('spki', spki.export({ format: 'der', type: 'spki' }), name, true, ofPublic),
    };
  };
  globalThis.crypto.getRandomValues = fill as typeof globalThis.crypto.getRandomValues;
  globalThis.crypto.subtle.generateKey = makePair as typeof globalThis.crypto.subtle.generateKey;
  Object.assign(cryptoModule, {
    randomFillSync: fill,
    randomBytes: (length: number) => fill(Buffer.alloc(length)),
    randomUUID: () => {
      const hex = fill(Buffer.alloc(16)).toString('hex');
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
    },
  });
  syncBuiltinESMExports();
}
