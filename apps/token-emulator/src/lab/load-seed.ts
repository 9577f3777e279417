import { sealEnvelope } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import type { Device } from '../device/device.ts';
import type { TokenParameters } from '../firmware/token-state.ts';

/** Default parameters of a laboratory's own seeds. */
export const LAB_PARAMETERS: TokenParameters = { hash: 'sha1', digits: 8, periodSeconds: 60, t0Seconds: 0 };
/** Default suite of a challenge token: RFC 6287's plain suite, with the digits of these tokens. */
export const LAB_SUITE = 'OCRA-1:HOTP-SHA1-8:QN08';

/**
 * Loads a seed that the laboratory knows. Like every seed, it is sealed to the device.
 * @param enrolmentId 32 hexadecimal digits
 * @returns false if the token did not take it
 */
export async function loadSeed(
  device: Device,
  seed: Secret,
  enrolmentId: string,
  parameters: Partial<TokenParameters> = {},
): Promise<boolean> {
  const digits = Math.min(LAB_PARAMETERS.digits, device.profile.display.digits);
  const suite = device.profile.code === 'challenge' ? { ocraSuite: LAB_SUITE } : {};
  const envelope = await sealEnvelope('seed', device.publicKey, seed, enrolmentId);
  return device.provision(
    { enrolmentId, parameters: { ...LAB_PARAMETERS, digits, ...suite, ...parameters } },
    envelope,
  );
}
