// What monitoring reads: it agrees with what was done, and holds nothing that is anybody's secret.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

describe('metrics', () => {
  let lab: Lab;
  let token: KnownToken;
  beforeAll(async () => {
    lab = await Lab.start('real', 'sealed');
    await lab.stopDaemon();
    await lab.startDaemon('real', ['--metrics-port', '0']);
    await lab.unseal();
    token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const scrape = async (path = '/metrics') => {
    const answer = await fetch(`http://127.0.0.1:${lab.metricsPort}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  /** The value of the line that begins so; undefined when there is none. */
  const valueOf = (text: string, begins: string) => {
    const line = text.split('\n').find((one) => one.startsWith(begins));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };

  it('count verdicts by channel, purpose and reason, calls that were refused, and the time of the vault', async () => {
    const bank = lab.client('internet-bank');
    const code = token.code();
    const accepted = token.request(code, randomUUID());
    for (let i = 0; i < 3; i++) await bank.verify(accepted);
    await bank.verify(token.request(code, randomUUID()));
    await bank.verifyBatch([1, 2, 3].map(() => token.request(token.wrongCode(), randomUUID())));
    await expect(bank.verify(token.request('1', randomUUID()))).rejects.toThrow('must be 8 digits');
    const { text } = await scrape();
    const verdicts = (reason: string) =>
      valueOf(text, `ramz_verdicts_total{channel="internet-bank",purpose="second-pin",reason="${reason}"}`);
    expect([verdicts('accepted'), verdicts('used-code'), verdicts('wrong-code')]).toEqual([1, 1, 3]);
    expect(valueOf(text, 'ramz_repeated_verdicts_total{channel="internet-bank"}')).toBe(2);
    expect(valueOf(text, 'ramz_refused_calls_total{code="INVALID_ARGUMENT",reason="MALFORMED_REQUEST"}')).toBe(1);
    expect(valueOf(text, 'ramz_vault_seconds_count{command="verify"}')).toBe(5);
    expect(valueOf(text, 'ramz_active_enrolments')).toBe(1);
    expect(valueOf(text, 'ramz_log_entries')).toBe(Number((await lab.client('auditor').status()).logSize));
  });

  it('show the state, also of a daemon that is sealed or whose clock jumped', async () => {
    expect(valueOf((await scrape()).text, 'ramz_state{state="operational"}')).toBe(1);
    await lab.people().approved({ name: 'seal' }, []);
    const { text } = await scrape();
    expect(valueOf(text, 'ramz_state{state="sealed"}')).toBe(1);
    expect(valueOf(text, 'ramz_state{state="operational"}')).toBe(0);
    await lab.unseal();
  });

  it('hold no card number, no code, no name of a person', async () => {
    const { text } = await scrape();
    // As a number of its own, not as the digits of a time.
    for (const secret of [token.cardNumber, token.code(), token.wrongCode(), 'custodian-1', 'KNOWN'])
      expect(text).not.toMatch(new RegExp(`(?<![\\d.])${secret}(?!\\d)`));
  });

  it('nothing else is served there', async () => {
    for (const path of ['/', '/metrics/', '/metrics?x', '/../vault.db']) expect((await scrape(path)).status).toBe(404);
    const posted = await fetch(`http://127.0.0.1:${lab.metricsPort}/metrics`, { method: 'POST', body: 'x' });
    expect(posted.status).toBe(404);
  });

  it('every metric that the dashboard draws is there', async () => {
    const { text } = await scrape();
    const dashboard = readFileSync(new URL('../../docs/grafana/ramz.json', import.meta.url), 'utf8');
    const drawn = new Set(dashboard.match(/\b(ramz|process|nodejs)_[a-z_]+/g));
    expect(drawn.size).toBeGreaterThan(6);
    for (const name of drawn) expect(text).toContain(name.replace(/_bucket$/, ''));
  });
});
