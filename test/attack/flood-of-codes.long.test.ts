import { randomUUID } from 'node:crypto';
import { RecipientKeys } from '@ramz/custody';
import { expect, it } from 'vitest';
import { skipIfBusy } from '../harness/busy-machine.ts';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

/** Verdicts to wait for beside the flood. */
const VERDICTS = 50;

it('a flood of codes from one certificate leaves room for another caller', { timeout: 120_000 }, async (context) => {
  await using lab = await Lab.start();
  const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
  const flooder = lab.client('mobile-bank');
  const other = lab.client('fraud-desk');
  const batch = () =>
    flooder.verifyBatch(
      Array.from({ length: 1_000 }, (_, n) => ({
        ...token.request('00000000', randomUUID()),
        cardNumber: cardNumber(1_000 + n),
      })),
    );
  const over = new AbortController();
  const flooding = (async () => {
    const lines = Array.from({ length: 64 }, async () => {
      while (!over.signal.aborted) await batch().catch(() => {});
    });
    await Promise.all(lines);
  })();
  const ends: string[] = [];
  for (let i = 0; i < VERDICTS; i++) {
    const end = await other.verify(token.request(token.code(5), randomUUID())).then(
      ({ verdict }) => verdict,
      ({ reason }: { reason: string }) => reason,
    );
    ends.push(end);
  }
  over.abort();
  await flooding;
  const full = ends.filter((end) => end === 'QUEUE_FULL');
  if (full.length > 0) skipIfBusy(context, `${full.length} of ${VERDICTS} calls found the queue full`);
  expect(full).toEqual([]);
});
