// Replays traffic of real tools on a real kernel to today's tokens: every answer must be the same.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Device, instant, type PersonalityName, pluggable, readDeviceProfile } from '@ramz/token-emulator';
import { describe, expect, it } from 'vitest';
import { tokenSeed } from '../../src/time/random-stream.ts';
import type { PendingTransfer } from '../../src/usb/bus-device.ts';
import { readSetup } from '../../src/usb/setup-packet.ts';
import { bytesOf, outcomeText, type Recorded, readLine } from './traffic-text.ts';

const FOLDER = fileURLToPath(new URL('./traffic/', import.meta.url));
const HEAD = /^# personality (\S+), number (\d+), seed (\d+), began (\d+)$/m;

describe('recorded traffic', () => {
  it('includes a recording of each vendor’s tools', () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual(['nitrokey-hotp.txt', 'yubikey-otp.txt']);
  });

  it.each(readdirSync(FOLDER))('%s: gets the same answers', async (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const [, personality = '', number = '', seed = '', began = ''] = HEAD.exec(text) ?? [];
    const identity = { serial: 'RZ-000001', firmwareVersion: '0.1.0' };
    const { profile } = readDeviceProfile('usb-token');
    const device = await Device.make({
      identity,
      profile,
      now: instant(Number(began)),
      seed: tokenSeed(Number(seed), Number(number)),
    });
    const { usb, touch } = pluggable(device, personality as PersonalityName, Number(number));
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const held = new Map<number, PendingTransfer>();
    const different: string[] = [];
    const answer = async (one: Recorded): Promise<string | undefined> => {
      if (one.kind === 'attached') usb.attached(one.isAttached);
      if (one.kind === 'touch') touch(one.heldMs);
      if (one.kind === 'control') return outcomeText(await usb.control(readSetup(one.setup), bytesOf(one.data)));
      if (one.kind === 'write') return outcomeText(await usb.writeInterrupt(one.endpoint, bytesOf(one.data)));
      if (one.kind === 'read')
        return outcomeText(await (held.get(one.endpoint) ?? usb.readInterrupt(one.endpoint)).done);
      return undefined;
    };
    for (const line of lines) {
      const one = readLine(line);
      device.runUntil(instant(Math.max(device.now, Number(began) + one.atMs)));
      const found = await answer(one);
      if (found !== undefined && 'outcome' in one && found !== one.outcome) different.push(`${line}\n  now: ${found}`);
    }
    expect(different.slice(0, 5)).toEqual([]);
    expect(lines.length).toBeGreaterThan(200);
  });
});
