// An activation as its parties do it: the core, an ATM, a text gateway and a customer with an app.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { appGatewayOf } from '@ramz/client';
import type { WireText } from '@ramz/proto';
import { MemoryTokens, TokenApp } from '@ramz/token-client';
import type { Lab } from './lab.ts';

export const MOBILE = '09121234567';

/** A text gateway that takes every text, and keeps it for the test. */
export class TextsSeen {
  readonly texts: WireText[] = [];

  static async follow(lab: Lab, zone = ''): Promise<TextsSeen> {
    const seen = new TextsSeen();
    void seen.#run(lab, zone);
    await sleep(200);
    return seen;
  }

  async #run(lab: Lab, zone: string): Promise<void> {
    const { activation } = lab.client('text-gateway');
    try {
      for await (const text of activation.watchTexts(zone)) {
        this.texts.push(text);
        await activation.reportText(text.textId, true);
      }
    } catch {
      // The lab's clients are closed at the end.
    }
  }

  /** The code in the latest text. */
  get code(): string {
    return /\d{8}/.exec(this.texts.at(-1)?.text ?? '')?.[0] ?? '';
  }
}

/** An app whose clock and store are the test's. */
export function appOf(lab: Lab, bank = 'maskan', nowMs: () => number = () => Date.now()): TokenApp {
  return new TokenApp({
    gateway: appGatewayOf(lab.client('app-gateway').activation, '203.0.113.7'),
    store: new MemoryTokens(),
    bank,
    auditKey: 'unchecked',
    nowMs,
  });
}

/** Puts a card with a mobile number, and asks for its codes at an ATM. */
export async function requestAtAtm(lab: Lab, cardNumber: string, mobileNumber = MOBILE) {
  const asked = { requestId: randomUUID(), cardNumber };
  await lab
    .client('core')
    .register.putSubject({ ...asked, mobileNumber: MOBILE, reference: `C-${cardNumber.slice(-6, -1)}` });
  return lab.client('atm').activation.request({
    requestId: randomUUID(),
    cardNumber,
    mobileNumber,
    method: 'ACTIVATION_METHOD_APP',
  });
}
