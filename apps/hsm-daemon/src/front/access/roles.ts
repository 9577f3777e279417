export const ROLES = ['channel', 'enrolment', 'operator', 'custodian', 'auditor'] as const;
/** What a certificate makes its holder. One certificate, one role. */
export type Role = (typeof ROLES)[number];

export type RpcName =
  | 'Verify'
  | 'VerifyBatch'
  | 'Enrol'
  | 'GetStatus'
  | 'Initialise'
  | 'GetSessionKey'
  | 'GiveShare'
  | 'Seal';

/** Who may call what. Nobody may call what is not here. */
export const ROLES_OF: Readonly<Record<RpcName, readonly Role[]>> = {
  Verify: ['channel'],
  VerifyBatch: ['channel'],
  Enrol: ['enrolment'],
  GetStatus: ROLES,
  Initialise: ['operator'],
  GetSessionKey: ['custodian'],
  GiveShare: ['custodian'],
  Seal: ['operator'],
};
