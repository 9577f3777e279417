// Codes of an activation and the state of the key that they derive from.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appOf, requestAtAtm, TextsSeen } from '../harness/activation-lab.ts';
import { cardNumber } from '../harness/cards.ts';
import { Lab } from '../harness/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab[Symbol.asyncDispose]());

async function codesFor(n: number, texts: TextsSeen) {
  const { code } = await requestAtAtm(lab, cardNumber(n));
  return { subject: `card/${cardNumber(n)}`, printed: code?.digits ?? '', text: texts.code };
}

const setState = (state: 'suspended' | 'active' | 'deactivated') =>
  lab.people().approved({ name: 'set-key-state', key: 'seed-master', version: 1, state }, ['custodian-1']);

describe('codes of an activation', () => {
  it('complete after their seed master key was rotated, and deactivated', async () => {
    const texts = await TextsSeen.follow(lab);
    const [rotated, deactivated] = [await codesFor(1, texts), await codesFor(2, texts)];
    await lab.people().hold('rotate-seed-master');
    expect(await appOf(lab).add(rotated)).toBe(true);
    await setState('deactivated');
    await lab.unseal();
    expect(await appOf(lab).add(deactivated)).toBe(true);
  });
});

describe('codes under a suspended key', () => {
  it('do not complete, and do again when it is active again', async () => {
    await using other = await Lab.start();
    const before = lab;
    lab = other;
    try {
      const typed = await codesFor(1, await TextsSeen.follow(lab));
      await lab.people().hold('rotate-seed-master');
      await setState('suspended');
      await lab.unseal();
      expect(await appOf(lab).add(typed)).toBe(false);
      await setState('active');
      await lab.unseal();
      expect(await appOf(lab).add(typed)).toBe(true);
    } finally {
      lab = before;
    }
  });
});
