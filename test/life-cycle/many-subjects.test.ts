// A number that more than 16,384 subjects have tokens under is a mistake in the core's data: its
// change is refused with a sentence, and nothing is void.
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profilePath, readBankProfile } from '@ramz/bank-profile';
import { secretBytes } from '@ramz/otp-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { numberOf } from '../../apps/hsm-daemon/src/vault/crypto/keyed-digests.ts';
import { Keyring } from '../../apps/hsm-daemon/src/vault/crypto/keyring.ts';
import { SUBJECTS_A_NUMBER_MAX } from '../../apps/hsm-daemon/src/vault/domain/register/subject-file.ts';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { acted, commitAll, draftOf, enrolled, hexId, NOW_MS } from '../harness/ledger-entries.ts';
import { makeStoredKeys, startOperational, testPorts } from '../harness/operational-vault.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ramz-many-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

it(`is refused over ${SUBJECTS_A_NUMBER_MAX}`, { timeout: 120_000 }, async () => {
  const profile = readBankProfile(profilePath('maskan'));
  const random = (length: number) => randomFillSync(secretBytes(length));
  const { root, stored } = await makeStoredKeys(profile, random);
  const number = numberOf((await Keyring.open(root, 'test', stored.keys)).cardIndex, '989121234567');
  const ledger = SqliteLedger.open(join(dir, 'vault.db'), NOW_MS);
  const keys = draftOf(ledger, []);
  keys.storeKeys(stored);
  keys.record({ kind: 'daemon', atMs: NOW_MS, act: 'started', version: 't', software: '' });
  await keys.commit();
  for (let n = 0; n <= SUBJECTS_A_NUMBER_MAX; n += 1_000) {
    const some = Array.from({ length: Math.min(1_000, SUBJECTS_A_NUMBER_MAX + 1 - n) }, (_, i) => n + i + 1);
    await commitAll(
      ledger,
      some.map((one) => acted(one, 'subject-put', { number })),
    );
    await commitAll(
      ledger,
      some.map((one) => enrolled(one)),
    );
  }
  const vault = await startOperational(await testPorts({ profile, random, root, ledger, nowMs: () => NOW_MS }));
  const put = (mobileNumber: string, requestId: string) =>
    vault.answer([
      {
        kind: 'put-subject',
        caller: 'core',
        group: 'core',
        channel: '',
        requestId,
        subjectName: 'card/6280230000000019',
        reference: '',
        mobileNumber,
        accounts: [],
      },
    ]);
  expect(await put('989121234567', 'r1')).toMatchObject([{ outcome: 'done' }]);
  expect(await put('989129999999', 'r2')).toMatchObject([{ outcome: 'too-many-subjects', voidedEnrolments: 0 }]);
  expect(ledger.place(hexId(1), 'second-pin').standing?.status).toBe('active');
  await vault.stop();
});
