// A damaged log or keyring stops all use of keys at the start.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';

describe('a daemon with a damaged store', () => {
  it.each([
    [
      'a log with a hole',
      "DELETE FROM log WHERE first_index = (SELECT min(first_index) FROM log WHERE first_index > 3); UPDATE fact SET value = '0' WHERE name = 'folded_to'",
      'the audit log is broken',
    ],
    [
      'keys of the live realm',
      `UPDATE fact SET value = json_set(value, '$.realm', 'live') WHERE name = 'keys'`,
      'can never be opened in test',
    ],
  ])('fails at start on %s', async (_, damage, why) => {
    await using hurt = await Lab.start();
    await hurt.stopDaemon();
    const db = new DatabaseSync(join(hurt.dataDir, 'vault', 'vault.db'));
    db.exec(damage);
    db.close();
    await hurt.startDaemon();
    expect((await hurt.client('auditor').status()).failure).toContain(why);
  });

  it('stays sealed on a changed keyring: the shares are right, but the keys do not open', async () => {
    await using hurt = await Lab.start();
    await hurt.stopDaemon();
    const db = new DatabaseSync(join(hurt.dataDir, 'vault', 'vault.db'));
    db.exec(`UPDATE fact SET value = replace(value, '"wrapped":"', '"wrapped":"00') WHERE name = 'keys'`);
    db.close();
    await hurt.startDaemon();
    expect((await hurt.people().unseal(['custodian-1', 'custodian-2'])).unsealed).toBe(false);
    expect(await (await hurt.people().operator()).look()).toMatchObject({
      state: 'sealed',
      ceremony: { phase: 'aborted', note: expect.stringContaining('does not open with this root key') },
    });
  });
});
