/** What a token can speak on a bus. */
export const PERSONALITIES = ['ramz', 'yubikey-otp', 'nitrokey-hotp'] as const;
export type PersonalityName = (typeof PERSONALITIES)[number];

/** Whether this personality has its vendor's numbers, which only an explicit flag may use. */
export function isOfVendor(name: PersonalityName): boolean {
  return name !== 'ramz';
}
