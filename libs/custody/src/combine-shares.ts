// SLIP-39, "Combining the shares".
import { Secret } from '@ramz/otp-core';
import { CustodyError } from './errors.ts';
import { interpolate } from './interpolate.ts';
import { type Share, sameBytes } from './share.ts';
import { DIGEST_BYTES, DIGEST_X, digestOf, SECRET_X } from './split-secret.ts';

/**
 * Says at once, before the threshold is reached, when `share` can not be one of those in `held`.
 * @throws CustodyError `share-of-another-set`, `share-repeated`
 */
export function assertFits(share: Share, held: readonly Share[]): void {
  for (const other of held) {
    if (share.set_id !== other.set_id || share.threshold !== other.threshold) {
      throw new CustodyError(
        'share-of-another-set',
        `share ${share.index} is of another ceremony than those before it`,
      );
    }
    if (share.index === other.index) {
      throw new CustodyError('share-repeated', `share ${share.index} was given already`);
    }
  }
}

/**
 * The secret of exactly `threshold` fitting shares. The shares stay the caller's to wipe.
 * @throws CustodyError as `assertFits`; `shares-too-few`; `secret-digest-wrong` when a share was forged
 */
export function combineShares(shares: readonly Share[]): Secret {
  const threshold = shares[0]?.threshold ?? Number.POSITIVE_INFINITY;
  if (shares.length < threshold) throw new CustodyError('shares-too-few', `${shares.length} shares are too few`);
  const used = shares.slice(0, threshold);
  used.forEach((share, i) => {
    assertFits(share, used.slice(0, i));
  });
  const points = used.map((share) => ({ x: share.index, y: share.value.expose() }));
  const secret = Secret.own(interpolate(points, SECRET_X));
  const digest = interpolate(points, DIGEST_X);
  const right = sameBytes(digestOf(digest.subarray(DIGEST_BYTES), secret.expose()), digest.subarray(0, DIGEST_BYTES));
  digest.fill(0);
  if (right) return secret;
  secret.wipe();
  throw new CustodyError('secret-digest-wrong', 'the shares do not make a secret: one of them was forged');
}
