// Bank Maskan's activation, over gRPC, as the customer lives it: an ATM, a text, an app.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appOf, MOBILE, requestAtAtm, TextsSeen } from '../harness/activation-lab.ts';
import { cardNumber } from '../harness/cards.ts';
import { Lab } from '../harness/lab.ts';

let lab: Lab;
let texts: TextsSeen;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab[Symbol.asyncDispose]());

it('refuses to begin where no text gateway waits, and does nothing', async () => {
  await expect(requestAtAtm(lab, cardNumber(1))).rejects.toMatchObject({ reason: 'NO_TEXT_GATEWAY' });
  texts = await TextsSeen.follow(lab);
});

it('M-19, M-22, M-23, M-25, M-26, M-27, M-28, M-29, M-40: a receipt and a text activate a card in the app', async () => {
  const card = `card/${cardNumber(1)}`;
  const { result, code, textTaken } = await requestAtAtm(lab, cardNumber(1));
  expect(result).toMatchObject({ outcome: 'ACT_OUTCOME_DONE' });
  expect(code?.digits).toMatch(/^\d{8}$/);
  expect(textTaken).toBe(true);
  expect(texts.texts.at(-1)).toMatchObject({ mobileNumber: '989121234567' });
  const app = appOf(lab);
  expect(await app.add({ subject: card, printed: code?.digits ?? '', text: texts.code })).toBe(true);
  const shown = await app.code(card, 'second-pin');
  const request = { requestId: randomUUID(), cardNumber: cardNumber(1), code: shown?.code ?? '' };
  const verdict = await lab.client('fraud-desk').verify({ ...request, purpose: 'PURPOSE_SECOND_PIN' });
  expect(verdict).toMatchObject({ verdict: 'VERDICT_ACCEPTED' });
  // M-29, D-15: the static second PIN is off.
  expect(await lab.client('branch-12').register.file({ cardNumber: cardNumber(1) })).toMatchObject({
    staticSecondPin: false,
    codeUntilMs: '0',
  });
  expect(MOBILE).toBeTruthy();
});
