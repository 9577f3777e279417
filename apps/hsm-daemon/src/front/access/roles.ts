export const ROLES = ['channel', 'enrolment', 'operator', 'custodian', 'auditor', 'core', 'gateway', 'texts'] as const;
/** The role of a certificate's holder. One certificate, one role. */
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
  | 'WatchEvents'
  | 'PutSubject'
  | 'CloseSubject'
  | 'ReplayEntries'
  | 'EndReplay'
  | 'IssuePermission'
  | 'WithdrawPermission'
  | 'Deactivate'
  | 'BlockSecondPin'
  | 'UnblockSecondPin'
  | 'VoidToken'
  | 'ReportLost'
  | 'ReportFound'
  | 'GetFile'
  | 'RequestActivation'
  | 'AllocateCode'
  | 'ReissueCode'
  | 'RepeatText'
  | 'CompleteActivation'
  | 'DeleteToken'
  | 'GetTokenState'
  | 'GetActivationKey'
  | 'WatchTexts'
  | 'ReportText';

export function isRpc(name: string): name is RpcName {
  return Object.hasOwn(ROLES_OF, name);
}

/** Custodians, operators and auditors. The vault checks by signatures what each may say. */
const PEOPLE: readonly Role[] = ['operator', 'custodian', 'auditor'];

/** The roles that may call each RPC. An RPC that is not listed cannot be called. */
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
  WatchEvents: ['operator', 'auditor', 'core'],
  PutSubject: ['channel', 'core'],
  CloseSubject: ['core'],
  ReplayEntries: ['core'],
  EndReplay: ['core'],
  IssuePermission: ['channel'],
  WithdrawPermission: ['channel', 'core'],
  Deactivate: ['channel'],
  BlockSecondPin: ['channel'],
  UnblockSecondPin: ['channel'],
  VoidToken: ['channel', 'core'],
  ReportLost: ['channel', 'core'],
  ReportFound: ['channel', 'core'],
  GetFile: ['channel', 'core'],
  RequestActivation: ['channel'],
  AllocateCode: ['channel'],
  ReissueCode: ['channel'],
  RepeatText: ['channel', 'gateway'],
  CompleteActivation: ['gateway'],
  DeleteToken: ['gateway'],
  GetTokenState: ['gateway'],
  GetActivationKey: ['gateway'],
  WatchTexts: ['texts'],
  ReportText: ['texts'],
};
