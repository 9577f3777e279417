import type { SelfTestCommand, SelfTestReply } from '../../../boundary/commands.ts';
import { runSelfTests } from '../../crypto/self-tests.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';

/**
 * Runs the self-tests. Returns the reply and the names of those that failed.
 * @throws Fault
 */
export async function testItself(
  { caller, force }: SelfTestCommand,
  draft: Draft,
  { realm }: Pick<VaultPorts, 'realm'>,
): Promise<{ readonly reply: SelfTestReply; readonly failed: readonly string[] }> {
  if (force !== '' && realm !== 'test') {
    throw new Fault('malformed', 'only the test realm forces a self-test to fail');
  }
  const results = await runSelfTests(force);
  const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
  const detail = failed.length === 0 ? 'passed' : `failed: ${failed.join(', ')}`;
  draft.recordAct({ caller, act: 'self-test', detail });
  return { reply: { kind: 'self-tested', results }, failed };
}
