// kill -9 after each step of a ceremony: what was before is what is after, and the log says so.
import { expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';

const CUSTODIANS = ['custodian-1', 'custodian-2'];
const ceremonyOf = async (lab: Lab) => (await (await lab.people().operator()).look()).ceremony;

it('leaves no trace of a ceremony that kill -9 interrupted at any step, and the shares still unseal', {
  timeout: 240_000,
}, async () => {
  await using lab = await Lab.start('real', 'uninitialised');
  const people = lab.people();
  await people.initialise({ custodians: CUSTODIANS });
  expect((await people.unseal(CUSTODIANS)).unsealed).toBe(true);
  const before = (await lab.client('auditor').status()).rootKeyKcv;
  for (let steps = 0; ; steps++) {
    const again = lab.people();
    await again.open('rotate-root-key');
    const { ceremony } = await again.play(CUSTODIANS, steps);
    if (ceremony?.phase === 'finalise' || ceremony?.phase === 'finalised') break;
    await lab.kill('both');
    await lab.startDaemon();
    const after = lab.people();
    const now = await (await after.operator()).look();
    expect([now.ceremony, now.state, now.root_key_kcv]).toEqual([null, 'sealed', before]);
    const minutes = await lab.client('auditor').minutes(ceremony?.id ?? '');
    expect(minutes.minutes.toString()).toContain('"detail":"the daemon ended in the middle of it"');
    expect((await after.unseal(CUSTODIANS)).unsealed).toBe(true);
  }
  await (await lab.people().operator()).say({ type: 'finalise', ceremony: (await ceremonyOf(lab))?.id ?? '' });
  await lab.kill('both');
  await lab.startDaemon();
  expect((await lab.client('auditor').status()).rootKeyKcv).not.toBe(before);
  expect((await lab.people().unseal(CUSTODIANS)).unsealed).toBe(true);
});
