import type { WirePurpose } from '@ramz/proto';
import type { Purpose } from '../../boundary/commands.ts';
import { MalformedRequest } from './malformed-request.ts';

/** @throws MalformedRequest for a purpose that is not said or not known */
export function readPurpose(field: string, purpose: WirePurpose): Purpose {
  switch (purpose) {
    case 'PURPOSE_FIRST_PIN':
      return 'first-pin';
    case 'PURPOSE_SECOND_PIN':
      return 'second-pin';
    default:
      throw new MalformedRequest(field, 'must be PURPOSE_FIRST_PIN or PURPOSE_SECOND_PIN');
  }
}
