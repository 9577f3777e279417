export const ROLES = ['channel', 'enrolment', 'operator', 'custodian', 'auditor'] as const;
/** What a certificate makes its holder. One certificate, one role. */
export type Role = (typeof ROLES)[number];

export type RpcName =
  | 'Verify'
  | 'VerifyBatch'
  | 'VerifyStream'
  | 'Resynchronise'
  | 'VerifySignature'
  | 'Enrol'
  | 'GetStatus'
  | 'GetAnnouncement'
  | 'Act'
  | 'GetMinutes'
  | 'ListKeys'
  | 'RunSelfTests'
  | 'GetCheckpoint'
  | 'ListEntries'
  | 'GetInclusionProof'
  | 'GetConsistencyProof'
  | 'WatchEvents';

export function isRpc(name: string): name is RpcName {
  return Object.hasOwn(ROLES_OF, name);
}

/** Custodians, operators and auditors: what each may say, the vault tells by signatures. */
const PEOPLE: readonly Role[] = ['operator', 'custodian', 'auditor'];

/** Who may call what. Nobody may call what is not here. */
export const ROLES_OF: Readonly<Record<RpcName, readonly Role[]>> = {
  Verify: ['channel'],
  VerifyBatch: ['channel'],
  VerifyStream: ['channel'],
  Resynchronise: ['channel'],
  VerifySignature: ['channel'],
  Enrol: ['enrolment'],
  GetStatus: ROLES,
  GetAnnouncement: PEOPLE,
  Act: PEOPLE,
  GetMinutes: PEOPLE,
  ListKeys: PEOPLE,
  RunSelfTests: ['operator', 'auditor'],
  GetCheckpoint: PEOPLE,
  ListEntries: ['auditor'],
  GetInclusionProof: ['auditor'],
  GetConsistencyProof: ['auditor'],
  WatchEvents: ['operator', 'auditor'],
};
