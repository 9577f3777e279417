// A code that never crosses the bank in the clear: sealed at a switch, opened in the vault (ISO
// 9564, format 4).
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealPinBlock } from '../../apps/hsm-daemon/src/vault/crypto/pin-block.ts';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

const ZONE = 'pos-switch';

describe('a code in a PIN block', () => {
  let lab: Lab;
  let keys: RecipientKeys;
  let keyOfZone: ReturnType<typeof createSecretKey>;
  beforeAll(async () => {
    lab = await Lab.start();
    keys = await RecipientKeys.make();
    keyOfZone = await zoneKey();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  /**
   * Returns the zone key as the switch gets it: proposed by the operator, approved by a custodian,
   * opened with the switch's own key.
   */
  async function zoneKey() {
    const recipient = await RecipientKeys.make();
    const hex = Buffer.from(recipient.publicKey).toString('hex');
    await lab.people().approved({ name: 'export-zone-key', zone: ZONE, recipient: hex }, ['custodian-1']);
    const { zones } = await lab.client('auditor').keys();
    expect(zones).toMatchObject([{ name: ZONE, epoch: 1, recipient: hex }]);
    using key = await recipient.open('zone-key', zones[0]?.sealedKey ?? Buffer.alloc(0), ZONE);
    return createSecretKey(key.expose());
  }

  const enrol = (n: number) =>
    KnownToken.enrol(lab.client('enrolment-office'), cardNumber(n), keys, 'PURPOSE_SECOND_PIN');
  const verify = async (token: KnownToken, pinBlock: Uint8Array, requestId: string = randomUUID()) => {
    const request = { ...token.of, requestId, pinBlock: Buffer.from(pinBlock), zone: ZONE };
    return (await lab.client('fraud-desk').verify(request)).reason.replace('VERDICT_REASON_', '');
  };
  const seal = (code: string, card: string) => sealPinBlock(keyOfZone, code, card, randomBytes(8));

  it('is accepted once, in a block or in the clear', async () => {
    const token = await enrol(1);
    const block = seal(token.code(), token.cardNumber);
    expect(await verify(token, block)).toBe('ACCEPTED');
    expect(await verify(token, block)).toBe('USED_CODE');
    expect(await verify(token, seal(token.code(), token.cardNumber))).toBe('USED_CODE');
    const clear = await lab.client('fraud-desk').verify(token.request(token.code(), randomUUID()));
    expect(clear.reason).toBe('VERDICT_REASON_USED_CODE');
  });

  it("counts as a wrong code in another card's block, in a changed one, or with another length", async () => {
    const token = await enrol(2);
    const ofOther = seal(token.code(), cardNumber(3));
    const changed = seal(token.code(), token.cardNumber);
    changed[3] = (changed[3] ?? 0) ^ 1;
    const short = seal(token.code().slice(0, 4), token.cardNumber);
    expect(await verify(token, ofOther)).toBe('WRONG_CODE');
    expect(await verify(token, changed)).toBe('WRONG_CODE');
    expect(await verify(token, short)).toBe('WRONG_CODE');
    expect(await verify(token, seal(token.wrongCode(), token.cardNumber))).toBe('WRONG_CODE');
    expect(await verify(token, changed)).toBe('LOCKED_NOW');
  });

  it('repeats its verdict for the same bytes, and is rejected with other bytes under the same request id', async () => {
    const token = await enrol(4);
    const id = randomUUID();
    const block = seal(token.code(), token.cardNumber);
    expect(await verify(token, block, id)).toBe('ACCEPTED');
    expect(await verify(token, block, id)).toBe('ACCEPTED');
    const again = verify(token, seal(token.code(), token.cardNumber), id);
    await expect(again).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  });

  it('is accepted under the same zone key after a restart', async () => {
    await lab.kill('both');
    await lab.startDaemon();
    await lab.unseal();
    const token = await enrol(5);
    expect(await verify(token, seal(token.code(), token.cardNumber))).toBe('ACCEPTED');
  });

  it.each([
    ['a block and a code', { code: '12345678' }, 'code'],
    ['a block of 15 bytes', { pinBlock: Buffer.alloc(15) }, 'pin_block'],
    ['a zone and no block', { pinBlock: Buffer.alloc(0) }, 'pin_block'],
    ['a block and no zone', { zone: '' }, 'zone'],
    ['an unknown zone', { zone: 'elsewhere' }, 'no zone elsewhere'],
  ])('is rejected with %s', async (_, change, said) => {
    const token = await enrol(6);
    const request = { ...token.of, requestId: randomUUID(), pinBlock: Buffer.alloc(16, 1), zone: ZONE, ...change };
    const refused = lab.client('internet-bank').verify(request);
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(said) });
  });
});
