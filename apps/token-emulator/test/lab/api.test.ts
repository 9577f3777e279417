// The laboratory over HTTP, as a program uses it and as a foreign page tries to.
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { instant, Laboratory, Pace, serveLab } from '@ramz/token-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const START_MS = Date.UTC(2026, 0, 1, 8);
const BASE32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** Returns the RFC 6238 code by Node's own HMAC: eight digits, 60-second steps. */
function codeAt(timeMs: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(timeMs / 60_000)));
  const mac = createHmac('sha1', '12345678901234567890').update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1e8).padStart(8, '0');
}

describe('the laboratory over HTTP', () => {
  let laboratory: Laboratory;
  let pace: Pace;
  let lab: Awaited<ReturnType<typeof serveLab>>;

  beforeAll(async () => {
    laboratory = new Laboratory({ now: instant(START_MS), seed: 3, allowsVendorIdentity: false });
    pace = new Pace(laboratory, 0, () => Date.now());
    lab = await serveLab(laboratory, pace, 0);
  });
  afterAll(async () => {
    pace.stop();
    await lab.stop();
  });

  const url = (path: string) => `http://127.0.0.1:${lab.port}${path}`;
  const get = async (path: string) => (await fetch(url(path))).json() as Promise<any>;
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url(path), { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, said: (await response.json()) as any };
  };
  /** Sends a request as a browser would for a foreign page. */
  const askAs = (headers: Record<string, string>, path = '/api/lab/time') =>
    new Promise<number>((done) => {
      const asked = request(
        url(path),
        { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
        (response) => {
          response.resume();
          done(response.statusCode ?? 0);
        },
      );
      asked.end('{"do":"freeze"}');
    });

  it('shows the code for the token’s own clock, which an independent HMAC confirms', async () => {
    const made = await post('/api/tokens', { name: 'one', profile: 'usb-token' });
    expect(made.said).toMatchObject({ name: 'one', state: 'blank' });
    expect((await post('/api/tokens/one/seed', { base32: BASE32 })).said.state).toBe('dark');
    await post('/api/tokens/one/weather', { climate: 'car' });
    await post('/api/lab/time', { do: 'leap', by_s: 200 * 86_400 });
    const { said } = await post('/api/tokens/one/press', {});
    expect(said.glass.text).toBe(codeAt(Date.parse(said.clocks.device_time)));
    expect(Date.parse(said.clocks.lab_time) - Date.parse(said.clocks.device_time)).not.toBe(0);
  });

  it('numbers events without gaps, and returns the next one to a caller that waits', async () => {
    const { events, last } = await get('/api/events?token=one&count=1000');
    expect(events.map(({ sequence }: { sequence: number }) => sequence)).toEqual(
      events.map((_: unknown, i: number) => i + 1),
    );
    const waiting = post('/api/events/wait', { after: last, token: 'one', kind: 'plugged', timeout_ms: 5_000 });
    await post('/api/tokens/one/plug', { plugged: true });
    expect((await waiting).said.event).toMatchObject({ token: 'one', kind: 'plugged', sequence: last + 1 });
    expect((await post('/api/events/wait', { after: 1e6, timeout_ms: 30 })).said.error).toContain(
      'nothing of the kind',
    );
  });

  it('resumes the stream after the last number that was seen', async () => {
    const response = await fetch(url('/api/events/stream'), { headers: { 'last-event-id': '1' } });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    while (!text.includes('id: 3')) text += Buffer.from((await reader.read()).value ?? []).toString();
    await reader.cancel();
    expect(text).not.toContain('id: 1\n');
    expect(text).toContain('id: 2\n');
  });

  it('keeps a snapshot, and continues a fork from it without affecting the original', async () => {
    const { snapshot } = (await post('/api/tokens/one/snapshot', {})).said;
    await post('/api/tokens/one/harm', { do: 'break' });
    const { said } = await post(`/api/tokens/${encodeURIComponent(snapshot)}/fork`, { as: 'two' });
    expect(said).toMatchObject({ name: 'two', is_powered: true });
    expect((await get('/api/tokens/one')).is_powered).toBe(false);
  });

  it('returns pictures of the glass as SVG and PNG', async () => {
    const svg = await (await fetch(url('/api/tokens/two/screenshot.svg'))).text();
    expect(svg).toMatch(/^<svg .*fill-opacity/s);
    const png = Buffer.from(await (await fetch(url('/api/tokens/two/screenshot.png'))).arrayBuffer());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([288, 64]);
  });

  it('describes every path, and its bodies as JSON schemas', async () => {
    const { openapi, paths } = await get('/api/openapi.json');
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/api/lab', '/api/tokens/{name}/press', '/api/events/wait']),
    );
    expect(paths['/api/tokens/{name}/harm'].post.requestBody.content['application/json'].schema.type).toBe('object');
  });

  it('returns a sentence for an invalid field, name, path or body', async () => {
    const cases: [string, object, RegExp][] = [
      ['/api/tokens/one/press', { held_ms: -1 }, /held_ms/],
      ['/api/tokens/none/press', {}, /there is no token none: there are one, two/],
      ['/api/tokens/one/harm', { do: 'drop' }, /height_m is missing/],
      ['/api/tokens', { personality: 'yubikey-otp' }, /--vendor-identity/],
      ['/api/tokens', { name: 'one' }, /there is a token one already/],
      ['/api/lab/time', { do: 'leap', by_s: 1e12 }, /by_s/],
      ['/api/nothing', {}, /openapi/],
      ['/api/tokens/one/key', { key: '1' }, /no keypad/],
      ['/api/tokens/one/harm', { do: 'kill-segment', digit: 10, segment: 'a' }, /8 digits/],
      ['/api/tokens/one/weather', { climate: 'moon' }, /climate/],
      ['/api/tokens', { profile: 'zzz' }, /there is no profile zzz: shipped are always-on/],
    ];
    for (const [path, body, sentence] of cases) {
      const { status, said } = await post(path, body);
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
      expect(said.error).toMatch(sentence);
    }
    const broken = await fetch(url('/api/lab/time'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(broken.status).toBe(400);
  });

  it('rejects too many waiting callers and keeps working; callers that leave make room', async () => {
    const away = new AbortController();
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ after: 1e6, timeout_ms: 60_000 });
    const wait = (signal: AbortSignal) =>
      fetch(url('/api/events/wait'), { method: 'POST', headers, body, signal }).catch(() => undefined);
    const waiting = Array.from({ length: 64 }, () => wait(away.signal));
    await expect.poll(async () => (await post('/api/events/wait', { after: 1e6, timeout_ms: 20 })).status).toBe(400);
    away.abort();
    await Promise.all(waiting);
    await expect.poll(async () => (await post('/api/events/wait', { after: 1e6, timeout_ms: 20 })).status).toBe(408);
  });

  it('leaps twenty years with a thousand tokens in one piece', async () => {
    const busy = new Laboratory({ now: instant(START_MS), seed: 1, allowsVendorIdentity: false });
    const busyPace = new Pace(busy, 0, () => Date.now());
    for (let i = 0; i < 1_000; i++) await busy.add({ profile: i % 2 === 0 ? 'always-on' : 'classic-time' });
    const beganMs = performance.now();
    busyPace.leap(20 * 366 * 86_400_000);
    expect(performance.now() - beganMs).toBeLessThan(20_000);
    expect(busy.now).toBe(START_MS + 20 * 366 * 86_400_000);
    const times = busy.events.list({}, 5_000).map(({ at }) => at);
    expect(times.length).toBeGreaterThan(900);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    busyPace.stop();
  });

  it('acts on a press when the button comes up, and on a hold while it is down', async () => {
    await post('/api/tokens', { name: 'held', profile: 'usb-token' });
    await post('/api/tokens/held/seed', { base32: BASE32 });
    const put = async (isDown: boolean) => (await post('/api/tokens/held/button', { is_down: isDown })).said;
    const leap = (bySeconds: number) => post('/api/lab/time', { do: 'leap', by_s: bySeconds });
    const down = await put(true);
    expect([down.state, down.body.is_button_down]).toEqual(['dark', true]);
    expect(down.battery.load_uA).toBeGreaterThan(4);
    expect((await put(false)).glass.kind).toBe('code');
    await leap(120);
    await put(true);
    await leap(1.9);
    expect((await get('/api/tokens/held')).state).toBe('dark');
    await leap(0.2);
    expect((await get('/api/tokens/held')).glass.kind).toBe('test');
    const up = await put(false);
    expect([up.glass.kind, up.body.presses, up.body.is_button_down]).toEqual(['test', 2, false]);
  });

  it('streams thousands of events to a slow reader, past what is sent ahead', async () => {
    const { device } = laboratory.token('held');
    const response = await fetch(url('/api/events/stream?token=held'));
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const last = laboratory.events.last;
    // Less than the log keeps, and far more than one reader is sent ahead.
    for (let i = 0; i < 7_500; i++) device.pressButton();
    let [text, seen] = ['', 0];
    while (seen < laboratory.events.last) {
      text += Buffer.from((await reader.read()).value ?? []).toString();
      const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
      seen = ids.at(-1) ?? seen;
      text = text.slice(text.lastIndexOf('\nid: ') + 1);
    }
    await reader.cancel();
    expect(laboratory.events.last - last).toBeGreaterThan(7_400);
  });

  it('shows the last transfers of a token, raw', async () => {
    const { bus, wire } = laboratory.token('held');
    wire.plan({ fault: 'stall', on: 'control-in', after: 1, times: 1, late_ms: 0 });
    bus.attached(true);
    const setup = { requestType: 0x80, request: 6, value: 0x0100, index: 0, length: 18 };
    await bus.control(setup, new Uint8Array());
    await bus.control(setup, new Uint8Array());
    const { transfers } = await get('/api/tokens/held/traffic');
    expect(transfers.map(({ kind, sent, status }: any) => [kind, sent, status])).toEqual([
      ['attached', '', 'ok'],
      ['control in', '8006 0100 0000 0012', 'ok'],
      ['control in', '8006 0100 0000 0012', 'stall'],
    ]);
    expect(transfers[1].received).toMatch(/^1201/);
    expect((await get('/api/tokens/held/traffic?after=2')).transfers).toHaveLength(1);
  });

  it('makes tokens that are asked for at once as different as any', async () => {
    const bench = new Laboratory({ now: instant(START_MS), seed: 1, allowsVendorIdentity: false });
    const tokens = await Promise.all([bench.add({}), bench.add({ name: 'b' }), bench.add({}), bench.add({})]);
    expect(new Set(tokens.map(({ device }) => device.identity.serial)).size).toBe(4);
    expect(new Set(tokens.map(({ device }) => device.physical.crystal.initialPpm)).size).toBe(4);
    expect(tokens.map(({ name }) => name)).toEqual(['token-1', 'b', 'token-3', 'token-4']);
  });

  it('deletes tokens and snapshots, and says which there are', async () => {
    const remove = (path: string) => fetch(url(path), { method: 'DELETE' });
    await post('/api/tokens', { name: 'gone' });
    const { snapshot } = (await post('/api/tokens/gone/snapshot', {})).said;
    expect((await remove('/api/tokens/gone')).status).toBe(200);
    expect((await remove('/api/tokens/gone')).status).toBe(404);
    expect((await get('/api/snapshots')).snapshots.map(({ name }: { name: string }) => name)).toContain(snapshot);
    expect((await remove(`/api/snapshots/${encodeURIComponent(snapshot)}`)).status).toBe(200);
    expect((await get('/api/snapshots')).snapshots.map(({ name }: { name: string }) => name)).not.toContain(snapshot);
  });

  it.each(['?after=x', '?after=-1', '?count=many', '?kind=nonsense', '/stream?after=1e3', '/stream?kind=x'])(
    'rejects /api/events%s',
    async (query) => {
      const response = await fetch(url(`/api/events${query}`));
      expect(response.status).toBe(400);
      expect(((await response.json()) as { error: string }).error).toMatch(/whole number|kind of event/);
    },
  );

  it('answers only reads at the addresses of its page, its pictures and its stream', async () => {
    for (const path of ['/', '/api/events/stream', '/api/tokens/token-1/screenshot.svg'])
      expect((await fetch(url(path), { method: 'DELETE' })).status).toBe(404);
  });

  it('rejects foreign pages: another host, another origin, a form', async () => {
    expect(await askAs({})).toBe(200);
    expect(await askAs({ host: `attacker.example:${lab.port}` })).toBe(403);
    expect(await askAs({ origin: 'http://attacker.example' })).toBe(403);
    expect(await askAs({ 'content-type': 'text/plain' })).toBe(415);
    expect(await askAs({ origin: 'no origin at all' })).toBe(403);
  });
});
