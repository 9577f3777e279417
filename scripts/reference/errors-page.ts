import { status } from '@grpc/grpc-js';
import { REASONS } from '../../apps/hsm-daemon/src/front/errors/reasons.ts';
import { code, makePage, type Page, table } from './page.ts';

/** What a caller meets without an ErrorInfo. */
const WITHOUT_REASON: readonly (readonly [what: string, status: string, next: string])[] = [
  ['The code is right and was not used before.', 'OK, `VERDICT_ACCEPTED`', 'Go ahead.'],
  ['The code is wrong, early, late or used, or the card is unknown.', 'OK, `VERDICT_REFUSED`', 'Ask for another code.'],
  ['There were too many wrong codes.', 'OK, `VERDICT_LOCKED`', 'Send the customer to a branch.'],
  [
    'The same request came again, with the same request id.',
    'OK, the first verdict, with `repeated` set',
    'As for the first verdict.',
  ],
  [
    'There is no client certificate, or no TLS.',
    'no connection: the client library reports UNAVAILABLE',
    'Present a certificate.',
  ],
  [
    'The certificate had expired, was revoked or was blocked before the connection.',
    'no connection: the client library reports UNAVAILABLE',
    'As for `CERTIFICATE_EXPIRED`, `CERTIFICATE_REVOKED` and `CALLER_BLOCKED` below.',
  ],
  ['A message is larger than 256 KiB.', 'RESOURCE_EXHAUSTED', 'Send fewer codes at once.'],
  [
    'This caller has sent too many messages that are still incomplete.',
    'RESOURCE_EXHAUSTED',
    'Complete these messages, then retry.',
  ],
  ['A message did not arrive completely within 10 s.', 'DEADLINE_EXCEEDED', 'Retry with the same request id.'],
  ['1,000 calls are in flight on one connection.', 'none yet: the client library delays the call', 'Wait.'],
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
      'A wrong code gives a verdict, not an error. A malformed request gives an error, and is never counted as a try. ' +
        'The verdict does not say why a code was refused (D-14). Only a caller whose certificate has the `diagnose` ' +
        'right gets the exact reason with the verdict.',
      '## Answers without a reason',
      table(['what happened', 'gRPC status', 'what to do'], WITHOUT_REASON),
      '## Reasons',
      'A refusal has a gRPC status, a sentence, and an ErrorInfo (`google.rpc`) whose `reason` is one of these. ' +
        'Some refusals also have RetryInfo, BadRequest or PreconditionFailure.',
      table(['reason', 'gRPC status', 'meaning', 'what to do'], rows),
      '## In streams',
      'In `VerifyStream` a refused request gets a `VerifyRefusal` in place of its verdict, and the stream continues. ' +
        'Only `WRONG_STATE` and UNAVAILABLE end the stream. Answers come in the order of the requests. At most 1,000 ' +
        'requests, or 1 MiB of requests, are in flight; the daemon stops reading from a caller that does not read its ' +
        'answers. A request id of more than 64 characters is refused, and the refusal contains its first 64 characters.',
      'Persian (۰–۹) and Arabic (٠–٩) digits are accepted in codes and card numbers, and converted to ASCII in the front.',
    ],
  );
}
