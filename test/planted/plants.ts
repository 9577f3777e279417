// Bugs that a test must find: what each replaces in which file, and the test that must then fail.
// The texts stand alike in the TypeScript and in what is compiled of it.

export interface Plant {
  /** Without its extension, from the folder `dist` or `src`. */
  readonly file: string;
  /** What is replaced, each by what. */
  readonly changes: readonly (readonly [find: string, put: string])[];
  /** The file of the test that fails with it. */
  readonly test: string;
  /** Of the test, as `vitest -t` takes it; empty for all of the file. */
  readonly title: string;
}

export const PLANTS: Readonly<Record<string, Plant>> = {
  'nonces-of-all-persons-together': {
    file: 'vault/application/ceremony/approvals-desk',
    changes: [['Number(by === person)', 'Number(by.length + person.length > 0)']],
    test: 'test/attack/approvals.long.test.ts',
    title: 'without limiting the others',
  },
  'forgets-responses': {
    file: 'vault/domain/enrolment/fold-entry',
    changes: [
      ['[...(one.usedResponses ?? []), response]', "[...(one.usedResponses ?? []), 'f'.repeat(response.length)]"],
    ],
    test: 'test/e2e/transaction-signature.test.ts',
    title: 'never twice, under a race',
  },
  'tolerance-anew-at-each-start': {
    file: 'vault/application/run/daemon-time',
    changes: [
      [
        'Math.max(0, anchor.read()?.atMs ?? 0, last?.atMs ?? 0)',
        'Math.max(0, anchor.read()?.atMs === -1 ? 1 : 0, last?.atMs === -1 ? 1 : 0)',
      ],
    ],
    test: 'test/attack/clocks.long.test.ts',
    title: 'expired code',
  },
  'no-other-clock': {
    file: 'vault/application/run/wall-clock',
    changes: [['if (apart !== undefined)', 'if (apart?.apartMs === 0.5)']],
    test: 'test/attack/clocks.long.test.ts',
    title: 'behind',
  },
  'usual-limit-of-resets': {
    file: 'front/connections/server-credentials',
    changes: [
      ['streamResetBurst: RESETS_AT_ONCE_MAX', 'streamResetBurst: 1_000'],
      ['streamResetRate: RESETS_A_SECOND_MAX', 'streamResetRate: 33'],
    ],
    test: 'test/attack/connections.long.test.ts',
    title: 'cancels each',
  },
  'search-back-for-all': {
    file: 'vault/domain/verification/candidate-steps',
    changes: [['goesBack ? eitherWay', 'goesBack || eitherWay > 0 ? eitherWay']],
    test: 'test/attack/noted-codes.test.ts',
    title: '',
  },
  'one-room-for-all-callers': {
    file: 'boundary/queue-limit',
    changes: [['this.#isOver(all, codesMax, 1) &&', 'this.#isOver(all, codesMax, 1) ||']],
    test: 'apps/hsm-daemon/src/boundary/queue-limit.test.ts',
    title: '',
  },
  'vault-without-shares': {
    file: 'boundary/vault-link',
    changes: [
      ['>= cost.waitingMax', '>= cost.waitingMax * 1e6'],
      ['workMs > 0 && replyBytes > 0', 'workMs > -1e9'],
    ],
    test: 'apps/hsm-daemon/src/boundary/vault-link.test.ts',
    title: '',
  },
  'printed-as-it-came': {
    file: 'printable-text',
    changes: [
      [
        'return text.replace(UNPRINTABLE, escaped)',
        'return text.replace(UNPRINTABLE, (character) => character || escaped(character))',
      ],
    ],
    test: 'test/attack/terminals.test.ts',
    title: '',
  },
  'caller-checked-where-there-is-one': {
    file: 'vault/application/batch/check-command',
    changes: [
      ['if (OF_A_CALLER.includes(command.kind))', 'if (caller !== undefined && OF_A_CALLER.includes(command.kind))'],
    ],
    test: 'test/attack/wall.test.ts',
    title: '',
  },
  'number-of-codes-unchecked': {
    file: 'vault/application/batch/check-command',
    changes: [
      [
        'attempts.length >= 1 && attempts.length <= ATTEMPTS_MAX',
        'attempts.length >= -1 && attempts.length <= ATTEMPTS_MAX * 1e9',
      ],
    ],
    test: 'test/attack/wall.test.ts',
    title: '',
  },
  'full-disk-ends-the-vault': {
    file: 'vault/application/answer-group',
    changes: [
      [
        'if (!(error instanceof StoreUnavailable))',
        'if (error instanceof Error || !(error instanceof StoreUnavailable))',
      ],
    ],
    test: 'test/crash/full-disk.long.test.ts',
    title: '',
  },
  'rejected-calls-are-kept': {
    file: 'front/errors/refusal',
    changes: [
      [
        'const { code } = REASONS[reason];',
        'const { code } = REASONS[reason]; (globalThis.kept ??= []).push(Buffer.alloc(5_000, 1));',
      ],
    ],
    test: 'test/race/overload.long.test.ts',
    title: '',
  },
  'field-unchecked': {
    file: 'front/fields/read-value',
    changes: [
      [
        'throw new MalformedRequest(field, `must be 1 to ${lengthMax} printable ASCII characters`)',
        "throw new Error('a field that was not foreseen')",
      ],
    ],
    test: 'test/fuzz/rpcs.test.ts',
    title: '',
  },
};

/** The plant of this run; undefined in a run without. */
export function plantOfThisRun(): Plant | undefined {
  return PLANTS[process.env['RAMZ_PLANT'] ?? ''];
}

/** Returns the file's text with the bug in it; as it is for every other file. */
export function planted(path: string, text: string, plant: Plant): string {
  if (!new RegExp(`/${plant.file}\\.(js|ts)$`).test(path)) return text;
  return plant.changes.reduce((changed, [find, put]) => {
    if (!changed.includes(find)) throw new Error(`${path} has no "${find}": the plant is out of date`);
    return changed.replace(find, put);
  }, text);
}
