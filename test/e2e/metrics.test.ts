// The metrics agree with the calls that were made, and contain no secret.
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
  /** Returns the value of the line that begins with `begins`, if there is one. */
  const valueOf = (text: string, begins: string) => {
    const line = text.split('\n').find((one) => one.startsWith(begins));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };

  it('count verdicts by channel, purpose and reason, rejected calls and vault time', async () => {
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

  it('show the state, also of a sealed daemon', async () => {
    expect(valueOf((await scrape()).text, 'ramz_state{state="operational"}')).toBe(1);
    await lab.people().approved({ name: 'seal' }, []);
    const { text } = await scrape();
    expect(valueOf(text, 'ramz_state{state="sealed"}')).toBe(1);
    expect(valueOf(text, 'ramz_state{state="operational"}')).toBe(0);
    await lab.unseal();
  });

  it('contain no card number, code or name of a person', async () => {
    const { text } = await scrape();
    // Matches whole numbers only, not digits within a time.
    for (const secret of [token.cardNumber, token.code(), token.wrongCode(), 'custodian-1', 'KNOWN'])
      expect(text).not.toMatch(new RegExp(`(?<![\\d.])${secret}(?!\\d)`));
  });

  it('are the only thing served on their port', async () => {
    for (const path of ['/', '/metrics/', '/metrics?x', '/../vault.db']) expect((await scrape(path)).status).toBe(404);
    const posted = await fetch(`http://127.0.0.1:${lab.metricsPort}/metrics`, { method: 'POST', body: 'x' });
    expect(posted.status).toBe(404);
  });

  it('include every metric that the dashboard draws', async () => {
    const { text } = await scrape();
    const dashboard = readFileSync(new URL('../../docs/grafana/ramz.json', import.meta.url), 'utf8');
    const drawn = new Set(dashboard.match(/\b(ramz|process|nodejs)_[a-z_]+/g));
    expect(drawn.size).toBeGreaterThan(6);
    for (const name of drawn) expect(text).toContain(name.replace(/_bucket$/, ''));
  });
});
