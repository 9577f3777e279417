import { timingSafeEqual } from 'node:crypto';
import type { Purpose } from '@ramz/audit-log';
import { HmacKey } from '@ramz/otp-core';
import { macEach } from '@ramz/otp-core/messages';
import { minuteOf, PROOF_MINUTES, type ProofLabel, proofMessage } from '@ramz/token-client/formats';
import type { TokenProof } from '../../../boundary/activation-commands.ts';
import { DECOY_EPOCH } from '../../crypto/seed-keys.ts';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import type { Draft } from '../batch/batch.ts';
import { standingAt } from '../batch/places.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { policyOf } from '../verification/call.ts';

const MAC_BYTES = 32;

/** A subject with some of its purposes. */
export interface SubjectPlaces {
  readonly subject: string;
  readonly purposes: readonly Purpose[];
}

/**
 * Returns the serial number of a token that proves itself by the seed of one of its enrolments;
 * undefined for any other. An enrolment that is not there costs as much as one that is.
 */
export function provenToken(
  label: ProofLabel,
  { enrolmentId, minute, mac }: TokenProof,
  { subject, purposes }: SubjectPlaces,
  draft: Draft,
  keys: OpenKeys,
  { profile }: Pick<VaultPorts, 'profile'>,
): string | undefined {
  const found = purposes
    .flatMap((purpose) => {
      const { enrolments = [] } = standingAt(draft.place(subject, purpose)) ?? {};
      return enrolments.map((enrolment) => ({ purpose, enrolment }));
    })
    .find(({ enrolment }) => enrolment.id === enrolmentId && keys.seeds.hasEpoch(enrolment.epoch));
  const { purpose, enrolment } = found ?? decoyOf(enrolmentId, purposes);
  const { hash } = policyOf(purpose, { profile });
  using seed = keys.seeds.seedOf({ subject, purpose, enrolment }, hash);
  const key = HmacKey.from('sha256', seed);
  const message = proofMessage(label, enrolmentId, minute);
  const wanted = new Uint8Array(MAC_BYTES);
  macEach(
    key,
    1,
    (_, into) => {
      into.set(message);
      return message.length;
    },
    (_, bytes) => wanted.set(bytes),
  );
  key.wipe();
  const isNow = Math.abs(minute - minuteOf(draft.nowMs)) <= PROOF_MINUTES;
  const isEqual = mac.length === MAC_BYTES && timingSafeEqual(mac, wanted);
  return isEqual && isNow && found !== undefined ? found.enrolment.tokenSerial : undefined;
}

function decoyOf(id: string, [purpose = 'second-pin']: readonly Purpose[]) {
  const enrolment: Pick<Enrolment, 'id' | 'generation' | 'epoch' | 'tokenSerial'> = {
    id,
    generation: 1,
    epoch: DECOY_EPOCH,
    tokenSerial: '',
  };
  return { purpose, enrolment };
}
