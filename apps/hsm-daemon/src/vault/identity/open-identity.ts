import { join } from 'node:path';
import type { VaultIdentity } from '../application/ports.ts';
import { Pkcs11Token } from '../guard/pkcs11-token.ts';
import { FileIdentity, showFingerprint, showNext } from './file-identity.ts';
import { Pkcs11Identity } from './pkcs11-identity.ts';

/** What the operator chose; the fingerprint of it lies in the vault's folder. @throws Error of the file or token */
export async function openIdentity({
  vault_dir,
  identity,
  new_identity,
  pkcs11_path,
}: {
  readonly vault_dir: string;
  readonly identity: 'file' | 'pkcs11';
  readonly new_identity: boolean;
  readonly pkcs11_path: string;
}): Promise<VaultIdentity> {
  if (identity === 'file') return FileIdentity.open(vault_dir, new_identity);
  const in_token = Pkcs11Identity.open(Pkcs11Token.open(pkcs11_path), new_identity);
  showFingerprint(join(vault_dir, 'fingerprint'), in_token.public_key);
  showNext(vault_dir, in_token.next);
  return in_token;
}
