import { sealEnvelope } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import type { Device } from '../device/device.ts';
import type { TokenParameters } from '../firmware/token-state.ts';

/** Parameters of a laboratory's own seeds, where nobody says others. */
export const LAB_PARAMETERS: TokenParameters = { hash: 'sha1', digits: 8, period_s: 60, t0_s: 0 };
/** RFC 6287's plain suite, with the digits of these tokens: what a challenge token gets where nobody says another. */
export const LAB_SUITE = 'OCRA-1:HOTP-SHA1-8:QN08';

/**
 * Loads a seed that the laboratory knows, the way every seed comes: sealed to the device. @param enrolment_id 32
 * hexadecimal digits. @returns false when the token took none
 */
export async function loadSeed(
  device: Device,
  seed: Secret,
  enrolment_id: string,
  parameters: Partial<TokenParameters> = {},
): Promise<boolean> {
  const digits = Math.min(LAB_PARAMETERS.digits, device.profile.display.digits);
  const suite = device.profile.code === 'challenge' ? { ocra_suite: LAB_SUITE } : {};
  const envelope = await sealEnvelope('seed', device.public_key, seed, enrolment_id);
  return device.provision(
    { enrolment_id, parameters: { ...LAB_PARAMETERS, digits, ...suite, ...parameters } },
    envelope,
  );
}
