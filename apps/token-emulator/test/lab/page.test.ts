// The laboratory's page in a real Chromium: what a person sees and does.
// `RAMZ_SCREENSHOTS=<folder>` keeps pictures.
import { join } from 'node:path';
import { deviceTime, instant, Laboratory, Pace, serveLab } from '@ramz/token-emulator';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, startBrowser } from './browser.ts';

const CHROMIUM = chromiumPath();
const SCREENSHOTS = process.env['RAMZ_SCREENSHOTS'];
const START_MS = Date.UTC(2026, 0, 1, 8);

describe.skipIf(CHROMIUM === undefined)('the page, in a real Chromium (skipped if none is installed)', () => {
  let browser: Browser;
  let page: Page;
  let laboratory: Laboratory;
  let pace: Pace;
  let lab: Awaited<ReturnType<typeof serveLab>>;
  const errors: string[] = [];

  beforeAll(async () => {
    laboratory = new Laboratory({ now: instant(START_MS), seed: 3, allowsVendorIdentity: false });
    pace = new Pace(laboratory, 0, () => Date.now());
    lab = await serveLab(laboratory, pace, 0);
    await laboratory.add({ profile: 'classic-time' });
    await laboratory.add({ profile: 'keypad' });
    for (const name of ['token-1', 'token-2']) await seed(name);
    browser = await startBrowser(CHROMIUM ?? '');
    page = await browser.newPage({ viewport: { width: 1_280, height: 1_250 } });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(`http://127.0.0.1:${lab.port}/`);
  });
  afterAll(async () => {
    await browser?.close();
    pace.stop();
    await lab.stop();
  });

  const seed = (name: string) =>
    fetch(`http://127.0.0.1:${lab.port}/api/tokens/${name}/seed`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ base32: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }),
    });
  const shot = async (name: string) => {
    if (SCREENSHOTS !== undefined) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  };
  const device = () => laboratory.token('token-1').device;
  const click = (text: string) => page.getByRole('button', { name: text, exact: true }).click();
  const glass = () => page.locator('#glass').getAttribute('aria-label');

  it('shows a readable code as segments, with bars, after a press with the mouse', async () => {
    await page.locator('#press').click();
    await expect.poll(glass).toBe('nothing: the glass is dark');
    // The glass needs 80 ms of the laboratory's time.
    await click('×1');
    await expect.poll(glass).toBe(device().display);
    expect(device().display).toMatch(/^\d{8}$/);
    expect(await page.locator('#eye').textContent()).toContain(device().display);
    expect(await page.locator('#keys').isVisible()).toBe(false);
    await shot('pressed');
  });

  it('holds the button with the space bar, which tests the glass', async () => {
    await page.locator('#press').press('Space', { delay: 2_200 });
    await expect.poll(() => device().display).toBe('88888888');
    await expect.poll(glass).toBe('88888888');
  });

  it('moves both clocks, the battery and the plots by leaps of time', async () => {
    await page.getByRole('button', { name: 'car' }).click();
    await expect.poll(() => page.locator('#climates button[aria-pressed="true"]').textContent()).toBe('car');
    await click('+1 year');
    await expect.poll(() => page.locator('#lab-time').textContent()).toContain('2027');
    const [ahead] = /[\d.]+/.exec((await page.locator('#ahead').textContent()) ?? '') ?? [];
    const aheadSeconds = Number(ahead);
    expect(Math.abs(aheadSeconds)).toBeGreaterThan(20);
    await expect.poll(() => page.locator('#drift polyline').count()).toBe(1);
    await expect.poll(() => page.locator('#life circle').count()).toBeGreaterThan(5);
    await shot('a-year-in-a-car');
  });

  it('reports that a dead segment makes a person misread', async () => {
    await click('frozen');
    await click('segment dies');
    await click('office');
    for (let i = 0; i < 40; i++) {
      await page.locator('#press').click();
      await click('+1 minute');
      await page.locator('#press').click();
      await page.evaluate(() =>
        fetch('/api/lab/time', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"do":"leap","by_s":1}',
        }),
      );
      const { text, readAs } = device().glass;
      if (text[0] !== readAs[0]) break;
    }
    await expect.poll(() => page.locator('#eye.misread').count()).toBe(1);
    await shot('dead-segment');
  });

  it('shows Persian from right to left, and keeps the choice', async () => {
    await page.locator('#language').click();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await page.locator('#press').textContent()).toBe('فشار');
    await page.reload();
    await expect.poll(() => page.locator('#press').textContent()).toBe('فشار');
    await expect.poll(() => page.locator('#serial').textContent()).toContain('RZ-000001');
    await shot('persian');
    await page.locator('#language').click();
  });

  it('writes numbers and events of the Persian page in Persian, with one kind of digits', async () => {
    await page.locator('#language').click();
    await expect.poll(() => page.locator('#supply').textContent()).toMatch(/[۰-۹]٫[۰-۹]{2}/);
    const latin = /[0-9]/;
    for (const id of [
      'lab-time',
      'device-time',
      'ahead',
      'rate',
      'supply',
      'load',
      'temp',
      'speeds',
      'leaps',
      'drift',
    ]) {
      await expect.poll(async () => latin.test((await page.locator(`#${id}`).textContent()) ?? '')).toBe(false);
    }
    await expect.poll(() => page.locator('#events li[data-kind="provisioned"]').first().textContent()).toContain('بذر');
    await expect
      .poll(() => page.locator('#events li[data-kind="segment-died"]').first().textContent())
      .toContain('از رقم');
    await page.locator('#language').click();
    await expect.poll(() => page.locator('#supply').textContent()).toMatch(/\d\.\d{2}/);
  });

  it('shows all tokens at a glance, and another one at a click', async () => {
    await expect.poll(() => page.locator('#cards button').count()).toBe(2);
    await page.locator('#cards button[data-token="token-2"]').click();
    await expect.poll(() => page.locator('#serial').textContent()).toContain('RZ-000002');
    await page.locator('#cards button[data-token="token-1"]').click();
    await expect.poll(() => page.locator('#serial').textContent()).toContain('RZ-000001');
  });

  it('presses once however long Enter repeats', async () => {
    const before = device().physical.presses;
    await page.locator('#press').focus();
    for (let i = 0; i < 5; i++) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expect.poll(() => device().physical.presses).toBe(before + 1);
  });

  it('shows the keys of a keypad token, and harm on the case', async () => {
    await page.locator('#token').selectOption('token-2');
    await expect.poll(() => page.locator('#keys button').count()).toBe(12);
    await click('open the case');
    await expect.poll(() => page.locator('#marks').textContent()).toContain('case opened');
    await expect.poll(() => page.locator('#state').textContent()).toContain('tampered');
    await click('break it');
    await expect.poll(() => page.locator('#crack').isVisible()).toBe(true);
    await shot('broken-keypad');
    expect(await page.locator('#events li').count()).toBeGreaterThan(10);
  });

  it('disables what is impossible, loads nothing from elsewhere and reports no errors', async () => {
    await page.locator('#token').selectOption('token-1');
    await expect.poll(() => page.locator('#serial').textContent()).toContain('RZ-000001');
    expect(await page.locator('#new-cell').isDisabled()).toBe(true);
    await page.locator('#keys').evaluate(() => fetch('/api/nothing'));
    await click('save its state');
    await expect.poll(() => page.locator('#done').textContent()).toMatch(/saved as .*token-1@1/);
    const kept = page.locator('#snapshots li');
    await expect.poll(() => kept.first().textContent()).toContain('token-1@1');
    await kept.first().getByRole('button', { name: 'continue from it' }).click();
    await expect.poll(() => page.locator('#done').textContent()).toMatch(/now there is also .*token-1-\d+/);
    await kept.first().getByRole('button', { name: 'delete' }).click();
    await expect.poll(() => kept.count()).toBe(0);
    expect(laboratory.snapshots).toEqual([]);
    await click('save its state');
    await page.locator('#language').click();
    await expect.poll(() => kept.first().textContent()).toContain('حذف');
    await shot('persian-snapshots');
    await page.locator('#language').click();
    expect(errors.filter((text) => !text.includes('404'))).toEqual([]);
  });

  it('draws the drift since a clock was set, on an axis of that size', async () => {
    const { device: keypad } = laboratory.token('token-2');
    laboratory.remove('token-2');
    await laboratory.add({ name: 'settable', profile: 'usb-token' });
    expect(keypad.physical.isBroken).toBe(true);
    const { device: other } = laboratory.token('settable');
    await page.locator('#token').selectOption('settable');
    pace.leap(86_400_000);
    other.setClock(deviceTime(other.now - 9_000 * 86_400_000));
    pace.leap(86_400_000);
    other.setClock(deviceTime(other.now + 500));
    pace.leap(86_400_000);
    await expect.poll(() => page.locator('#drift-since').textContent()).toContain('set or reset');
    await expect.poll(() => page.locator('#drift').textContent()).not.toMatch(/[KM] s/);
    await shot('clock-set');
    await page.locator('#token').selectOption('token-1');
  });

  it('shows raw traffic, and fits a phone after three years and after the end', async () => {
    const { bus } = laboratory.token('token-1');
    bus.attached(true);
    await bus.control({ requestType: 0x80, request: 6, value: 0x0100, index: 0, length: 18 }, new Uint8Array());
    await expect.poll(() => page.locator('#traffic li').first().textContent()).toContain('8006 0100 0000');
    bus.attached(false);
    await page.setViewportSize({ width: 390, height: 844 });
    for (const bySeconds of [60, 3 * 366 * 86_400, 40 * 366 * 86_400]) {
      pace.leap(bySeconds * 1_000);
      await expect
        .poll(() => page.locator('#lab-time').textContent())
        .toContain(new Date(laboratory.now).toISOString().slice(0, 10));
      await shot(`phone-${bySeconds}`);
      const overflows = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect([bySeconds, overflows]).toEqual([bySeconds, false]);
    }
    expect(device().isPowered).toBe(false);
    await expect.poll(() => page.locator('#marks').textContent()).toContain('cell empty');
    // Its drift is that of its life, not of the years after it.
    await expect.poll(() => page.locator('#drift').textContent()).not.toMatch(/[KM] s/);
    await page.setViewportSize({ width: 1_280, height: 1_250 });
  });
});
