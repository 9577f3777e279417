import { join } from 'node:path';
import { Pkcs11Token } from '../root-key/pkcs11-token.ts';
import { FileIdentity, showFingerprint, showNext } from './file-identity.ts';
import { Pkcs11Identity } from './pkcs11-identity.ts';
import type { VaultIdentity } from './vault-identity.ts';

/**
 * Opens the identity that the operator chose and writes its fingerprint to the vault's folder.
 * @throws Error of the file or token
 */
export async function openIdentity({
  vaultDir,
  identity,
  newIdentity,
  pkcs11Path,
}: {
  readonly vaultDir: string;
  readonly identity: 'file' | 'pkcs11';
  readonly newIdentity: boolean;
  readonly pkcs11Path: string;
}): Promise<VaultIdentity> {
  if (identity === 'file') return FileIdentity.open(vaultDir, newIdentity);
  const inToken = Pkcs11Identity.open(Pkcs11Token.open(pkcs11Path), newIdentity);
  showFingerprint(join(vaultDir, 'fingerprint'), inToken.publicKey);
  showNext(vaultDir, inToken.next);
  return inToken;
}
