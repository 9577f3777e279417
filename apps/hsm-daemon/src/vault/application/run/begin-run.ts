import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { endOf } from '../ceremony/minutes.ts';
import { OpenKeys } from '../keys/open-keys.ts';

/** A vendor's library may say anything. */
const WHY_CHARS_MAX = 500;

/** Records the start of each run of the daemon. */
export async function recordStart(
  draft: Draft,
  { ledger, version, software }: Pick<VaultPorts, 'ledger' | 'version' | 'software'>,
): Promise<void> {
  const id = await ledger.latestCeremony();
  // The last run did not end it: power or the process failed.
  if (id !== undefined && (await endOf(id, ledger)) === undefined) {
    draft.recordAct({ ceremony: id, act: 'abandoned', detail: 'the daemon ended in the middle of it' });
  }
  draft.record({ kind: 'daemon', atMs: draft.nowMs, act: 'started', version, software });
}

/** What a root keeper did at a start. */
export interface UnsealAtStart {
  /** Undefined when the custodians must open them. */
  readonly keys: OpenKeys | undefined;
  /** Why there are none although a root keeper was asked; empty otherwise. */
  readonly whyNot: string;
}

/** Opens the keys when a root keeper has the root key and releases it. */
export async function unsealByRootKeeper(
  draft: Draft,
  ports: Pick<VaultPorts, 'ledger' | 'rootKeeper' | 'profile' | 'realm' | 'random'>,
): Promise<UnsealAtStart> {
  const { rootKeeper, ledger } = ports;
  if (rootKeeper === undefined || ledger.keys === undefined) return { keys: undefined, whyNot: '' };
  if (ledger.keys.guarded_root.length === 0) {
    const whyNot = `unsealing by ${rootKeeper.name} is not enabled: hold a ceremony "enable-auto-unseal"`;
    return { keys: undefined, whyNot };
  }
  try {
    using root = await rootKeeper.unwrap(ledger.keys.guarded_root);
    const keys = await OpenKeys.unlock(root, ledger.keys, ports);
    draft.recordAct({ act: 'unsealed', detail: `by ${rootKeeper.name}` });
    return { keys, whyNot: '' };
  } catch (error) {
    // Sealed is a state like any other: the custodians' shares still open it.
    const why = error instanceof Error ? error.message : String(error);
    const whyNot = `unsealing by ${rootKeeper.name}: ${why}`.slice(0, WHY_CHARS_MAX);
    draft.recordAct({ act: 'refused', detail: whyNot });
    return { keys: undefined, whyNot };
  }
}
