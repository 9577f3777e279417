// D-26: each code leaves the vault for one party, and no other can read it.
import { createSecretKey, randomUUID } from 'node:crypto';
import { appGatewayOf } from '@ramz/client';
import { MemoryTokens, TokenApp } from '@ramz/token-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPinBlock } from '../../apps/hsm-daemon/src/vault/crypto/pin-block.ts';
import { MOBILE, TextsSeen } from '../harness/activation-lab.ts';
import { cardNumber } from '../harness/cards.ts';
import { Lab } from '../harness/lab.ts';
import { exportZone, type OwnedZone } from '../harness/zone-of.ts';

let lab: Lab;
let atm: OwnedZone;
let texts: OwnedZone;
let seen: TextsSeen;
beforeAll(async () => {
  lab = await Lab.start();
  [atm, texts] = [await exportZone(lab, 'atm'), await exportZone(lab, 'texts')];
  seen = await TextsSeen.follow(lab, 'texts');
});
afterAll(() => lab[Symbol.asyncDispose]());

async function request(n: number, zone: string) {
  const asked = { requestId: randomUUID(), cardNumber: cardNumber(n) };
  await lab.client('core').register.putSubject({ ...asked, mobileNumber: MOBILE });
  const method = 'ACTIVATION_METHOD_APP';
  return lab
    .client('atm')
    .activation.request({ ...asked, requestId: randomUUID(), mobileNumber: MOBILE, method, zone });
}

const blockOf = (block: Uint8Array, zone: OwnedZone, card: string) =>
  openPinBlock(createSecretKey(zone.key.expose()), block, card);

const NO_TEXT = { sealedText: Buffer.alloc(0), textId: '', mobileNumber: '' };

async function textOf(zone: OwnedZone, number?: string): Promise<string> {
  const { sealedText, textId, mobileNumber } = seen.texts.at(-1) ?? NO_TEXT;
  using text = await zone.recipient.open('text', sealedText, `${textId} ${number ?? mobileNumber}`);
  return Buffer.from(text.expose()).toString();
}

describe('the two codes of an activation', () => {
  it('D-26: leave sealed, the printed one for the ATM, the text for its gateway, and activate together', async () => {
    const { code, result, textTaken } = await request(1, 'atm');
    expect([result?.outcome, textTaken, code?.digits]).toEqual(['ACT_OUTCOME_DONE', true, '']);
    expect(seen.texts.at(-1)).toMatchObject({ mobileNumber: '989121234567', text: '' });
    const printed = blockOf(code?.block ?? Buffer.alloc(0), atm, cardNumber(1)) ?? '';
    expect(printed).toMatch(/^\d{8}$/);
    const text = /\d{8}/.exec(await textOf(texts))?.[0] ?? '';
    // No other zone opens what is not its own, nor a block of another card.
    expect(blockOf(code?.block ?? Buffer.alloc(0), texts, cardNumber(1))).toBeUndefined();
    expect(blockOf(code?.block ?? Buffer.alloc(0), atm, cardNumber(2))).toBeUndefined();
    await expect(textOf(atm)).rejects.toThrow('sealed for another key');
    // Bound to its number: a front that names another one gives the gateway nothing.
    await expect(textOf(texts, '989120000000')).rejects.toThrow('sealed for another key');
    const gateway = appGatewayOf(lab.client('app-gateway').activation);
    const { auditKey, bank } = { auditKey: await auditKeyOf(lab), bank: 'maskan' };
    const app = new TokenApp({ gateway, store: new MemoryTokens(), bank, auditKey, nowMs: () => Date.now() });
    expect(await app.add({ subject: `card/${cardNumber(1)}`, printed, text })).toBe(true);
    expect(await app.state(`card/${cardNumber(1)}`)).toEqual(
      new Map([
        ['first-pin', 'active'],
        ['second-pin', 'active'],
        ['transaction-signature', 'active'],
      ]),
    );
    expect(await app.remove(`card/${cardNumber(1)}`)).toBe(true);
  });

  it('D-26: never go both to one party', async () => {
    await expect(request(3, 'texts')).rejects.toMatchObject({ message: 'the zone texts is for texts' });
    await expect(request(3, 'nowhere')).rejects.toMatchObject({ message: 'there is no zone nowhere' });
    await expect(first(lab.client('text-gateway').activation.watchTexts('atm'))).rejects.toMatchObject({
      reason: 'MALFORMED_REQUEST',
    });
  });
});

it('an app refuses an activation key that its bank has not signed', async () => {
  const gateway = appGatewayOf(lab.client('app-gateway').activation);
  const swapped = {
    ...gateway,
    activationKey: async () => ({ ...(await gateway.activationKey()), publicKey: texts.recipient.publicKey }),
  };
  const ports = { store: new MemoryTokens(), bank: 'maskan', auditKey: await auditKeyOf(lab), nowMs: () => Date.now() };
  const input = { subject: `card/${cardNumber(4)}`, printed: '12345678', text: '12345678' };
  await expect(new TokenApp({ ...ports, gateway: swapped }).add(input)).rejects.toThrow('not signed by the bank');
  expect(await new TokenApp({ ...ports, gateway }).add(input)).toBe(false);
});

it.each([
  ['one address', '198.51.100.9', 20, 10],
  // One failed before.
  ['no address', '', 40, 9],
])('many failed completions from %s wait, and lock no card', async (_, address, from, count) => {
  const gateway = appGatewayOf(lab.client('app-gateway').activation, address);
  const ports = { store: new MemoryTokens(), bank: 'maskan', auditKey: await auditKeyOf(lab), nowMs: () => Date.now() };
  const app = new TokenApp({ ...ports, gateway });
  const input = { printed: '12345678', text: '12345678' };
  const tries = Array.from({ length: count }, (_, i) => app.add({ ...input, subject: `card/${cardNumber(from + i)}` }));
  expect(await Promise.all(tries)).toEqual(tries.map(() => false));
  await expect(app.add({ ...input, subject: `card/${cardNumber(5)}` })).rejects.toMatchObject({
    reason: 'BUDGET_SPENT',
  });
  const other = new TokenApp({
    ...ports,
    gateway: appGatewayOf(lab.client('app-gateway').activation, '198.51.100.10'),
  });
  expect(await other.add({ ...input, subject: `card/${cardNumber(5)}` })).toBe(false);
});

async function auditKeyOf(lab: Lab): Promise<Uint8Array> {
  return (await lab.client('auditor').checkpoint()).publicKey;
}

async function first<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}
