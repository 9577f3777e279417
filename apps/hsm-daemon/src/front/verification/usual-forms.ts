import type { WireVerifyBatchResponse, WireVerifyResponse, WireVerifyStreamResponse } from '@ramz/proto';
import { readUsualBatch, readUsualRequest, readUsualStreamRequest } from './usual-requests.ts';
import { writeUsualBatch, writeUsualResponse, writeUsualStreamResponse } from './usual-responses.ts';

/**
 * How the usual messages of a method are read and written; undefined for messages left to the
 * library.
 */
export interface UsualForm {
  readonly read: (message: Buffer) => unknown;
  readonly write: (response: unknown) => Buffer | undefined;
}

const SERVICE = '/ramz.hsm.v1.VerificationService/';

/** By the method's path. */
export const USUAL_FORMS: ReadonlyMap<string, UsualForm> = new Map<string, UsualForm>([
  [
    `${SERVICE}Verify`,
    { read: readUsualRequest, write: (response) => writeUsualResponse(response as WireVerifyResponse) },
  ],
  [
    `${SERVICE}VerifyBatch`,
    { read: readUsualBatch, write: (response) => writeUsualBatch(response as WireVerifyBatchResponse) },
  ],
  [
    `${SERVICE}VerifyStream`,
    {
      read: readUsualStreamRequest,
      write: (response) => writeUsualStreamResponse(response as WireVerifyStreamResponse),
    },
  ],
]);
