// The customer of the tour: a card, a phone with the bank's app, and a visit to an ATM.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { appGatewayOf, CallRefused, type Daemon, RamzClient } from '@ramz/client';
import { type CodeNow, MemoryTokens, TokenApp } from '@ramz/token-client';

export const TOUR_CARD = '6280230000000019';
export const TOUR_MOBILE = '09121234567';
const GATEWAY_WAIT_MS = 50;
const GATEWAY_TRIES = 100;

/** The two codes of an activation (M-27). */
export interface TwoCodes {
  readonly printed: string;
  readonly text: string;
}

/** A phone with the bank's app. It reaches the daemon through a gateway's certificate. */
export class Phone {
  readonly #daemon: Daemon;
  readonly #store = new MemoryTokens();

  constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  /** Types both codes into the app. Returns whether the bank took them. */
  activate({ printed, text }: TwoCodes): Promise<boolean> {
    return this.#withApp((app) => app.add({ subject: `card/${TOUR_CARD}`, printed, text }));
  }

  /** Returns the second PIN that the app shows now; no network is needed. */
  async code(): Promise<CodeNow> {
    const shown = await this.#withApp((app) => app.code(`card/${TOUR_CARD}`, 'second-pin'));
    if (shown === undefined) throw new Error('the app has no token');
    return shown;
  }

  async #withApp<T>(work: (app: TokenApp) => Promise<T>): Promise<T> {
    const client = new RamzClient({ ...this.#daemon, caller: 'app-gateway' });
    const app = new TokenApp({
      gateway: appGatewayOf(client.activation, '127.0.0.1'),
      store: this.#store,
      bank: 'maskan',
      auditKey: await auditKeyOf(this.#daemon),
      nowMs: () => Date.now(),
    });
    return work(app).finally(() => client.close());
  }
}

/** Asks for an activation at an ATM, and waits for the text as the customer's phone does. */
export async function visitAtm(daemon: Daemon): Promise<TwoCodes> {
  const [gateway, atm] = ['text-gateway', 'atm'].map((caller) => new RamzClient({ ...daemon, caller }));
  if (gateway === undefined || atm === undefined) throw new Error('unreachable');
  try {
    const texts = gateway.activation.watchTexts('');
    const arrived = takeText(texts, gateway);
    const request = { cardNumber: TOUR_CARD, mobileNumber: TOUR_MOBILE, method: 'ACTIVATION_METHOD_APP' } as const;
    const { code } = await whenGatewayWaits(() => atm.activation.request({ ...request, requestId: randomUUID() }));
    const text = await arrived;
    return { printed: code?.digits ?? '', text: /\d{8}/.exec(text)?.[0] ?? '' };
  } finally {
    gateway.close();
    atm.close();
  }
}

async function takeText(texts: AsyncGenerator<{ text: string; textId: string }>, gateway: RamzClient): Promise<string> {
  for await (const { text, textId } of texts) {
    await gateway.activation.reportText(textId, true);
    return text;
  }
  throw new Error('no text came');
}

async function whenGatewayWaits<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      const isEarly = error instanceof CallRefused && error.reason === 'NO_TEXT_GATEWAY';
      if (!isEarly || tries === GATEWAY_TRIES) throw error;
      await sleep(GATEWAY_WAIT_MS);
    }
  }
}

async function auditKeyOf(daemon: Daemon): Promise<Uint8Array> {
  const auditor = new RamzClient({ ...daemon, caller: 'auditor' });
  return (await auditor.checkpoint().finally(() => auditor.close())).publicKey;
}
