/**
 * @ramz/proto: the paths of the contract's files, the options to load them, and the generated
 * types. The types are correct only for these loader options: change both together (`npm run gen`).
 */
import { fileURLToPath } from 'node:url';
import type { Options } from '@grpc/proto-loader';
import type { ProtoGrpcType as ActivationTypes } from './gen/activation.ts';
import type { ProtoGrpcType as AuditTypes } from './gen/audit.ts';
import type { ProtoGrpcType as CeremonyTypes } from './gen/ceremony.ts';
import type { ProtoGrpcType as EnrolmentTypes } from './gen/enrolment.ts';
import type { ProtoGrpcType as EventTypes } from './gen/event.ts';
import type { ProtoGrpcType as KeyTypes } from './gen/key.ts';
import type { ProtoGrpcType as LifeCycleTypes } from './gen/life_cycle.ts';
import type { ProtoGrpcType as PermissionTypes } from './gen/permission.ts';
import type { ProtoGrpcType as RegisterTypes } from './gen/register.ts';
import type { ProtoGrpcType as StatusTypes } from './gen/status.ts';
import type { ProtoGrpcType as TextTypes } from './gen/text.ts';
import type { ProtoGrpcType as VerificationTypes } from './gen/verification.ts';

export const PROTO_PACKAGE = 'ramz.hsm.v1';
export const PROTO_ROOT: string = fileURLToPath(new URL('..', import.meta.url));
export const PROTO_FILES: readonly string[] = [
  'verification',
  'enrolment',
  'status',
  'ceremony',
  'key',
  'audit',
  'event',
  'register',
  'permission',
  'life_cycle',
  'activation',
  'text',
].map((name) => `ramz/hsm/v1/${name}.proto`);
export const LOADER_OPTIONS: Readonly<Options> = {
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
  includeDirs: [PROTO_ROOT],
};

/** The result of `loadPackageDefinition` for all files together. */
export type RamzGrpcTypes = ActivationTypes &
  AuditTypes &
  CeremonyTypes &
  EnrolmentTypes &
  EventTypes &
  KeyTypes &
  LifeCycleTypes &
  PermissionTypes &
  RegisterTypes &
  StatusTypes &
  TextTypes &
  VerificationTypes;

export type * from './activation-types.ts';
export type { AccountKind__Output as WireAccountKind } from './gen/ramz/hsm/v1/AccountKind.ts';
export type { ActOutcome__Output as WireOutcome } from './gen/ramz/hsm/v1/ActOutcome.ts';
export type { ActRequest as WireActInput, ActRequest__Output as WireActRequest } from './gen/ramz/hsm/v1/ActRequest.ts';
export type {
  ActResponse as WireActResponse,
  ActResponse__Output as WireActResult,
} from './gen/ramz/hsm/v1/ActResponse.ts';
export type { ActResult as WireAct, ActResult__Output as WireActDone } from './gen/ramz/hsm/v1/ActResult.ts';
export type { AuditServiceClient } from './gen/ramz/hsm/v1/AuditService.ts';
export type {
  BlockSecondPinRequest as WireBlockSecondPinInput,
  BlockSecondPinRequest__Output as WireBlockSecondPinRequest,
} from './gen/ramz/hsm/v1/BlockSecondPinRequest.ts';
export type {
  BlockSecondPinResponse as WireBlockSecondPinResponse,
  BlockSecondPinResponse__Output as WireBlockSecondPinResult,
} from './gen/ramz/hsm/v1/BlockSecondPinResponse.ts';
export type { CeremonyServiceClient, CeremonyServiceHandlers } from './gen/ramz/hsm/v1/CeremonyService.ts';
export type {
  CloseSubjectRequest as WireCloseSubjectInput,
  CloseSubjectRequest__Output as WireCloseSubjectRequest,
} from './gen/ramz/hsm/v1/CloseSubjectRequest.ts';
export type {
  CloseSubjectResponse as WireCloseSubjectResponse,
  CloseSubjectResponse__Output as WireCloseSubjectResult,
} from './gen/ramz/hsm/v1/CloseSubjectResponse.ts';
export type { DaemonState__Output as WireDaemonState } from './gen/ramz/hsm/v1/DaemonState.ts';
export type {
  DeactivateRequest as WireDeactivateInput,
  DeactivateRequest__Output as WireDeactivateRequest,
} from './gen/ramz/hsm/v1/DeactivateRequest.ts';
export type {
  DeactivateResponse as WireDeactivateResponse,
  DeactivateResponse__Output as WireDeactivateResult,
} from './gen/ramz/hsm/v1/DeactivateResponse.ts';
export type {
  EndReplayRequest as WireEndReplayInput,
  EndReplayRequest__Output as WireEndReplayRequest,
} from './gen/ramz/hsm/v1/EndReplayRequest.ts';
export type {
  EndReplayResponse as WireEndReplayResponse,
  EndReplayResponse__Output as WireEndReplayResult,
} from './gen/ramz/hsm/v1/EndReplayResponse.ts';
export type { EnrolmentServiceClient, EnrolmentServiceHandlers } from './gen/ramz/hsm/v1/EnrolmentService.ts';
export type {
  EnrolRequest as WireEnrolInput,
  EnrolRequest__Output as WireEnrolRequest,
} from './gen/ramz/hsm/v1/EnrolRequest.ts';
export type {
  EnrolResponse as WireEnrolResponse,
  EnrolResponse__Output as WireEnrolResult,
} from './gen/ramz/hsm/v1/EnrolResponse.ts';
export type { EventKind__Output as WireEventKind } from './gen/ramz/hsm/v1/EventKind.ts';
export type { EventServiceClient } from './gen/ramz/hsm/v1/EventService.ts';
export type { GetAnnouncementRequest__Output as WireAnnouncementRequest } from './gen/ramz/hsm/v1/GetAnnouncementRequest.ts';
export type {
  GetAnnouncementResponse as WireAnnouncementResponse,
  GetAnnouncementResponse__Output as WireAnnouncementResult,
} from './gen/ramz/hsm/v1/GetAnnouncementResponse.ts';
export type {
  GetCheckpointResponse as WireCheckpoint,
  GetCheckpointResponse__Output as WireCheckpointResult,
} from './gen/ramz/hsm/v1/GetCheckpointResponse.ts';
export type { GetConsistencyProofRequest__Output as WireConsistencyRequest } from './gen/ramz/hsm/v1/GetConsistencyProofRequest.ts';
export type {
  GetFileRequest as WireFileInput,
  GetFileRequest__Output as WireFileRequest,
} from './gen/ramz/hsm/v1/GetFileRequest.ts';
export type {
  GetFileResponse as WireFileResponse,
  GetFileResponse__Output as WireFileResult,
} from './gen/ramz/hsm/v1/GetFileResponse.ts';
export type { GetInclusionProofRequest__Output as WireInclusionRequest } from './gen/ramz/hsm/v1/GetInclusionProofRequest.ts';
export type {
  GetInclusionProofResponse as WireProof,
  GetInclusionProofResponse__Output as WireProofResult,
} from './gen/ramz/hsm/v1/GetInclusionProofResponse.ts';
export type { GetMinutesRequest__Output as WireMinutesRequest } from './gen/ramz/hsm/v1/GetMinutesRequest.ts';
export type {
  GetMinutesResponse as WireMinutes,
  GetMinutesResponse__Output as WireMinutesResult,
} from './gen/ramz/hsm/v1/GetMinutesResponse.ts';
export type {
  GetStatusResponse as WireStatus,
  GetStatusResponse__Output as WireStatusResult,
} from './gen/ramz/hsm/v1/GetStatusResponse.ts';
export type {
  IssuePermissionRequest as WireIssuePermissionInput,
  IssuePermissionRequest__Output as WireIssuePermissionRequest,
} from './gen/ramz/hsm/v1/IssuePermissionRequest.ts';
export type {
  IssuePermissionResponse as WireIssuePermissionResponse,
  IssuePermissionResponse__Output as WireIssuePermissionResult,
} from './gen/ramz/hsm/v1/IssuePermissionResponse.ts';
export type { KeyServiceClient } from './gen/ramz/hsm/v1/KeyService.ts';
export type { KeyState__Output as WireKeyState } from './gen/ramz/hsm/v1/KeyState.ts';
export type { LifeCycleServiceClient } from './gen/ramz/hsm/v1/LifeCycleService.ts';
export type { ListEntriesRequest__Output as WireEntriesRequest } from './gen/ramz/hsm/v1/ListEntriesRequest.ts';
export type {
  ListEntriesResponse as WireEntries,
  ListEntriesResponse__Output as WireEntriesResult,
} from './gen/ramz/hsm/v1/ListEntriesResponse.ts';
export type {
  ListKeysResponse as WireKeys,
  ListKeysResponse__Output as WireKeysResult,
} from './gen/ramz/hsm/v1/ListKeysResponse.ts';
export type { PermissionServiceClient } from './gen/ramz/hsm/v1/PermissionService.ts';
export type { PersonKind__Output as WirePersonKind } from './gen/ramz/hsm/v1/PersonKind.ts';
export type { PlaceStatus__Output as WirePlaceStatus } from './gen/ramz/hsm/v1/PlaceStatus.ts';
export type { Purpose as WirePurpose } from './gen/ramz/hsm/v1/Purpose.ts';
export type {
  PutSubjectRequest as WirePutSubjectInput,
  PutSubjectRequest__Output as WirePutSubjectRequest,
} from './gen/ramz/hsm/v1/PutSubjectRequest.ts';
export type {
  PutSubjectResponse as WirePutSubjectResponse,
  PutSubjectResponse__Output as WirePutSubjectResult,
} from './gen/ramz/hsm/v1/PutSubjectResponse.ts';
export type { RegisterServiceClient } from './gen/ramz/hsm/v1/RegisterService.ts';
export type {
  ReplayEntriesRequest as WireReplayEntriesInput,
  ReplayEntriesRequest__Output as WireReplayEntriesRequest,
} from './gen/ramz/hsm/v1/ReplayEntriesRequest.ts';
export type {
  ReplayEntriesResponse as WireReplayEntriesResponse,
  ReplayEntriesResponse__Output as WireReplayEntriesResult,
} from './gen/ramz/hsm/v1/ReplayEntriesResponse.ts';
export type {
  ReportFoundRequest as WireReportFoundInput,
  ReportFoundRequest__Output as WireReportFoundRequest,
} from './gen/ramz/hsm/v1/ReportFoundRequest.ts';
export type {
  ReportFoundResponse as WireReportFoundResponse,
  ReportFoundResponse__Output as WireReportFoundResult,
} from './gen/ramz/hsm/v1/ReportFoundResponse.ts';
export type {
  ReportLostRequest as WireReportLostInput,
  ReportLostRequest__Output as WireReportLostRequest,
} from './gen/ramz/hsm/v1/ReportLostRequest.ts';
export type {
  ReportLostResponse as WireReportLostResponse,
  ReportLostResponse__Output as WireReportLostResult,
} from './gen/ramz/hsm/v1/ReportLostResponse.ts';
export type {
  ResynchroniseRequest as WireResynchroniseInput,
  ResynchroniseRequest__Output as WireResynchroniseRequest,
} from './gen/ramz/hsm/v1/ResynchroniseRequest.ts';
export type { ResynchroniseResponse as WireResynchroniseResponse } from './gen/ramz/hsm/v1/ResynchroniseResponse.ts';
export type { RunSelfTestsRequest__Output as WireSelfTestsRequest } from './gen/ramz/hsm/v1/RunSelfTestsRequest.ts';
export type {
  RunSelfTestsResponse as WireSelfTests,
  RunSelfTestsResponse__Output as WireSelfTestsResult,
} from './gen/ramz/hsm/v1/RunSelfTestsResponse.ts';
export type {
  SignedAnnouncement as WireAnnouncement,
  SignedAnnouncement__Output as WireSignedAnnouncement,
} from './gen/ramz/hsm/v1/SignedAnnouncement.ts';
export type { StatusServiceClient, StatusServiceHandlers } from './gen/ramz/hsm/v1/StatusService.ts';
export type {
  UnblockSecondPinRequest as WireUnblockSecondPinInput,
  UnblockSecondPinRequest__Output as WireUnblockSecondPinRequest,
} from './gen/ramz/hsm/v1/UnblockSecondPinRequest.ts';
export type {
  UnblockSecondPinResponse as WireUnblockSecondPinResponse,
  UnblockSecondPinResponse__Output as WireUnblockSecondPinResult,
} from './gen/ramz/hsm/v1/UnblockSecondPinResponse.ts';
export type { Verdict__Output as WireVerdict } from './gen/ramz/hsm/v1/Verdict.ts';
export type { VerdictReason__Output as WireVerdictReason } from './gen/ramz/hsm/v1/VerdictReason.ts';
export type { VerificationServiceClient, VerificationServiceHandlers } from './gen/ramz/hsm/v1/VerificationService.ts';
export type { VerifyBatchRequest__Output as WireVerifyBatchRequest } from './gen/ramz/hsm/v1/VerifyBatchRequest.ts';
export type { VerifyBatchResponse as WireVerifyBatchResponse } from './gen/ramz/hsm/v1/VerifyBatchResponse.ts';
export type {
  VerifyRequest as WireVerifyInput,
  VerifyRequest__Output as WireVerifyRequest,
} from './gen/ramz/hsm/v1/VerifyRequest.ts';
export type {
  VerifyResponse as WireVerifyResponse,
  VerifyResponse__Output as WireVerifyResult,
} from './gen/ramz/hsm/v1/VerifyResponse.ts';
export type {
  VerifySignatureRequest as WireVerifySignatureInput,
  VerifySignatureRequest__Output as WireVerifySignatureRequest,
} from './gen/ramz/hsm/v1/VerifySignatureRequest.ts';
export type { VerifySignatureResponse as WireVerifySignatureResponse } from './gen/ramz/hsm/v1/VerifySignatureResponse.ts';
export type {
  VerifyStreamRequest as WireVerifyStreamInput,
  VerifyStreamRequest__Output as WireVerifyStreamRequest,
} from './gen/ramz/hsm/v1/VerifyStreamRequest.ts';
export type {
  VerifyStreamResponse as WireVerifyStreamResponse,
  VerifyStreamResponse__Output as WireVerifyStreamResult,
} from './gen/ramz/hsm/v1/VerifyStreamResponse.ts';
export type {
  VoidTokenRequest as WireVoidTokenInput,
  VoidTokenRequest__Output as WireVoidTokenRequest,
} from './gen/ramz/hsm/v1/VoidTokenRequest.ts';
export type {
  VoidTokenResponse as WireVoidTokenResponse,
  VoidTokenResponse__Output as WireVoidTokenResult,
} from './gen/ramz/hsm/v1/VoidTokenResponse.ts';
export type { WatchEventsRequest__Output as WireWatchRequest } from './gen/ramz/hsm/v1/WatchEventsRequest.ts';
export type {
  WatchEventsResponse as WireEvent,
  WatchEventsResponse__Output as WireEventResult,
} from './gen/ramz/hsm/v1/WatchEventsResponse.ts';
export type {
  WithdrawPermissionRequest as WireWithdrawPermissionInput,
  WithdrawPermissionRequest__Output as WireWithdrawPermissionRequest,
} from './gen/ramz/hsm/v1/WithdrawPermissionRequest.ts';
export type {
  WithdrawPermissionResponse as WireWithdrawPermissionResponse,
  WithdrawPermissionResponse__Output as WireWithdrawPermissionResult,
} from './gen/ramz/hsm/v1/WithdrawPermissionResponse.ts';
export { type Details, reasonIn, statusTrailers } from './status-details.ts';
