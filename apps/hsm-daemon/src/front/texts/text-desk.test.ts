import { describe, expect, it, vi } from 'vitest';
import { TextDesk } from './text-desk.ts';

const text = (id: string) => ({ id, clear: 'x', sealed: new Uint8Array(), untilMs: 0, mobileNumber: '989121234567' });

describe('the desk of texts', () => {
  it('has no zone to seal for while no gateway waits', () => {
    const desk = new TextDesk();
    expect(() => desk.nextZone()).toThrow('no text gateway waits');
    const gateway = desk.add('texts');
    expect(desk.nextZone()).toBe('texts');
    desk.remove(gateway);
    expect(() => desk.nextZone()).toThrow('no text gateway waits');
  });

  it('sends a text once that two calls have', async () => {
    const desk = new TextDesk();
    const gateway = desk.add('');
    const both = [desk.send('', text('1')), desk.send('', text('1'))];
    expect([gateway.take()?.id, gateway.take()]).toEqual(['1', undefined]);
    desk.report('1', true);
    expect(await Promise.all(both)).toEqual([true, true]);
  });

  it('tries another gateway where one takes nothing, and asks that one last from then on', async () => {
    vi.useFakeTimers();
    const desk = new TextDesk();
    const [deaf, good] = [desk.add(''), desk.add('')];
    const firstAsked: string[] = [];
    for (let i = 0; i < 8; i++) {
      const sending = desk.send('', text(String(i)));
      const wasDeaf = deaf.take() !== undefined;
      firstAsked.push(wasDeaf ? 'deaf' : 'good');
      if (wasDeaf) await vi.advanceTimersByTimeAsync(2_000);
      expect(good.take()?.id).toBe(String(i));
      desk.report(String(i), true);
      expect(await sending).toBe(true);
    }
    vi.useRealTimers();
    // In turn at first; after three texts that it did not take, the deaf one is asked no more.
    expect(firstAsked.filter((one) => one === 'deaf')).toHaveLength(3);
    expect(firstAsked.slice(-2)).toEqual(['good', 'good']);
  });

  it('gives up after two gateways, and hears no late report', async () => {
    vi.useFakeTimers();
    const desk = new TextDesk();
    desk.add('');
    desk.add('');
    const sending = desk.send('', text('1'));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await sending).toBe(false);
    desk.report('1', true);
    vi.useRealTimers();
  });

  it('does not send to a gateway of another zone, nor to one that is full', async () => {
    const desk = new TextDesk();
    desk.add('other');
    expect(await desk.send('', text('1'))).toBe(false);
    const full = desk.add('');
    for (let i = 0; full.hasRoom; i++) full.push(text(`f${i}`));
    expect(await desk.send('', text('2'))).toBe(false);
  });
});
