/** The protocols that a token can speak on a bus. */
export const PERSONALITIES = ['ramz', 'yubikey-otp', 'nitrokey-hotp'] as const;
export type PersonalityName = (typeof PERSONALITIES)[number];

/** Returns whether this personality has its vendor's USB numbers, which need an explicit flag. */
export function isOfVendor(name: PersonalityName): boolean {
  return name !== 'ramz';
}
