// D-26: no process outside the vault ever has both codes of an activation, the front has neither,
// and no file of the daemon has any.
import { createSecretKey, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appGatewayOf } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { MemoryTokens, TokenApp } from '@ramz/token-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPinBlock } from '../../apps/hsm-daemon/src/vault/crypto/pin-block.ts';
import { MOBILE, TextsSeen } from '../harness/activation-lab.ts';
import { cardNumber } from '../harness/cards.ts';
import { findInMemory, formsOf } from '../harness/find-secret.ts';
import { Lab } from '../harness/lab.ts';
import { exportZone } from '../harness/zone-of.ts';

const CARDS = 6;
const NO_TEXT = { sealedText: Buffer.alloc(0), textId: '', mobileNumber: '' };

describe.runIf(existsSync('/proc/self/mem'))('codes of activations', () => {
  let lab: Lab;
  const codes = new Map<string, Buffer>();
  const people = new Map<string, Buffer>([
    ['mobile number', Buffer.from('989121234567')],
    ['mobile number as typed', Buffer.from(MOBILE)],
  ]);

  beforeAll(async () => {
    lab = await Lab.start();
    const [atm, texts] = [await exportZone(lab, 'atm'), await exportZone(lab, 'texts')];
    const seen = await TextsSeen.follow(lab, 'texts');
    const key = createSecretKey(atm.key.expose());
    for (let n = 0; n < CARDS; n++) {
      const asked = { requestId: randomUUID(), cardNumber: cardNumber(n), mobileNumber: MOBILE };
      await lab.client('core').register.putSubject(asked);
      const request = { ...asked, requestId: randomUUID(), method: 'ACTIVATION_METHOD_APP', zone: 'atm' } as const;
      const { code } = await lab.client('atm').activation.request(request);
      const printed = openPinBlock(key, code?.block ?? Buffer.alloc(0), cardNumber(n)) ?? '';
      const { sealedText, textId, mobileNumber } = seen.texts.at(-1) ?? NO_TEXT;
      using text = await texts.recipient.open('text', sealedText, `${textId} ${mobileNumber}`);
      const typed = /\d{8}/.exec(Buffer.from(text.expose()).toString())?.[0] ?? '';
      codes.set(`printed ${n}`, Buffer.from(printed)).set(`text ${n}`, Buffer.from(typed));
      // Half of them are used, and one is typed wrongly.
      if (n % 2 === 0) await useCodes(n, printed, typed);
      else await useCodes(n, printed, printed);
    }
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  async function useCodes(n: number, printed: string, text: string): Promise<void> {
    const gateway = appGatewayOf(lab.client('app-gateway').activation);
    const ports = {
      store: new MemoryTokens(),
      bank: 'maskan',
      auditKey: 'unchecked',
      nowMs: () => Date.now(),
    } as const;
    const isActivated = await new TokenApp({ ...ports, gateway }).add({
      subject: `card/${cardNumber(n)}`,
      printed,
      text,
    });
    expect(isActivated).toBe(n % 2 === 0);
  }

  it('are found in this process, which knows them', async () => {
    const app = await RecipientKeys.make();
    expect(app.publicKey).toHaveLength(32);
    expect(findInMemory(process.pid, codes)).toContain('printed 0 raw');
  });

  it('are not in the memory of the front, in any encoding', () => {
    expect(findInMemory(lab.frontPid, codes)).toEqual([]);
  });

  it('are in no file of the daemon, and neither is a mobile number', () => {
    const found: string[] = [];
    for (const file of filesBelow(lab.dataDir)) {
      const bytes = readFileSync(file);
      for (const [name, secret] of [...codes, ...people])
        for (const form of formsOf(secret)) if (bytes.includes(form.bytes)) found.push(`${name} in ${file}`);
    }
    expect(found).toEqual([]);
  });
});

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
