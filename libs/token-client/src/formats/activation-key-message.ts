/** Returns what the audit key signs: no gateway can put another activation key in its place. */
export function activationKeyMessage(bank: string, epoch: number, publicKey: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`${['ramz/activation-key/v1', bank, String(epoch)].join('\0')}\0`);
  const message = new Uint8Array(head.length + publicKey.length);
  message.set(head);
  message.set(publicKey, head.length);
  return message;
}
