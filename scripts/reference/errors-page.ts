import { status } from '@grpc/grpc-js';
import { REASONS } from '../../apps/hsm-daemon/src/front/errors/reasons.ts';
import { code, makePage, type Page, table } from './page.ts';

/** What a caller meets without an ErrorInfo. */
const WITHOUT_REASON: readonly (readonly [what: string, status: string, next: string])[] = [
  ['The code is right and was not used before.', 'OK, `VERDICT_ACCEPTED`', 'Go ahead.'],
  ['The code is wrong, early, late or used, or the card is unknown.', 'OK, `VERDICT_REFUSED`', 'Ask for another code.'],
  ['There were too many wrong codes.', 'OK, `VERDICT_LOCKED`', 'Send the customer to a branch.'],
  ['The same request came again, under its request id.', 'OK, the first verdict, with `repeated` set', 'The same.'],
  ['There is no client certificate, or no TLS.', 'no connection: UNAVAILABLE at the caller', 'Show a certificate.'],
  [
    'The certificate expired, was revoked or blocked before the connection.',
    'no connection: UNAVAILABLE at the caller',
    'As for the reasons below.',
  ],
  ['A message is larger than 256 KiB.', 'RESOURCE_EXHAUSTED', 'Send fewer codes at once.'],
  ['Too many incomplete messages of this caller wait.', 'RESOURCE_EXHAUSTED', 'Finish messages, then retry.'],
  ['A message did not arrive completely within 10 s.', 'DEADLINE_EXCEEDED', 'Retry with the same request id.'],
  ['1,000 calls are in flight on one connection.', 'the call waits at the caller', 'Wait.'],
];

export function errorsPage(): Page {
  const rows = Object.entries(REASONS).map(([name, { code: number, meaning, next }]) => [
    code(name),
    status[number] ?? '',
    meaning,
    next,
  ]);
  return makePage(
    'errors.md',
    'Errors',
    'For bank developers: what each answer means, and what to do next.',
    '`apps/hsm-daemon/src/front/errors/reasons.ts`',
    [
      'A wrong code is a verdict, and no error. A malformed request is an error, and is never counted as a try. ' +
        'A customer’s channel does not learn why a code was refused (D-14); a caller whose certificate has the right ' +
        '`diagnose` gets the exact reason beside the verdict.',
      '## Answers without a reason',
      table(['what happened', 'gRPC status', 'what to do'], WITHOUT_REASON),
      '## Reasons',
      'A refusal has a gRPC status, a sentence, and an ErrorInfo (`google.rpc`) whose `reason` is one of these. ' +
        'Some have RetryInfo, BadRequest or PreconditionFailure beside it.',
      table(['reason', 'gRPC status', 'meaning', 'what to do'], rows),
      '## In streams',
      'In `VerifyStream` a refusal comes in the place of its verdict (`VerifyRefusal`), and the stream continues. Only ' +
        '`WRONG_STATE` and UNAVAILABLE end it. Answers come in the order of the requests. At most 1,000 requests, or ' +
        '1 MiB of them, are in flight; nothing more is read from a caller that takes no answers. A request id of over ' +
        '64 characters is refused, and returned cut.',
      'Persian (۰–۹) and Arabic (٠–٩) digits are accepted in codes and card numbers, and converted to ASCII in the front.',
    ],
  );
}
