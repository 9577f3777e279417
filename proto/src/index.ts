/**
 * @ramz/proto: where the contract's files are, how to load them, and the types generated from them.
 * The types are right only for these loader options: change both together (`npm run gen`).
 */
import { fileURLToPath } from 'node:url';
import type { Options } from '@grpc/proto-loader';
import type { ProtoGrpcType as CeremonyTypes } from './gen/ceremony.ts';
import type { ProtoGrpcType as EnrolmentTypes } from './gen/enrolment.ts';
import type { ProtoGrpcType as StatusTypes } from './gen/status.ts';
import type { ProtoGrpcType as VerificationTypes } from './gen/verification.ts';

export const PROTO_PACKAGE = 'ramz.hsm.v1';
export const PROTO_ROOT: string = fileURLToPath(new URL('..', import.meta.url));
export const PROTO_FILES: readonly string[] = ['verification', 'enrolment', 'status', 'ceremony'].map(
  (name) => `ramz/hsm/v1/${name}.proto`,
);
export const LOADER_OPTIONS: Readonly<Options> = {
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
  includeDirs: [PROTO_ROOT],
};

/** What `loadPackageDefinition` gives for all files together. */
export type RamzGrpcTypes = CeremonyTypes & EnrolmentTypes & StatusTypes & VerificationTypes;

export type { CeremonyServiceClient, CeremonyServiceHandlers } from './gen/ramz/hsm/v1/CeremonyService.ts';
export type { DaemonState__Output as WireDaemonState } from './gen/ramz/hsm/v1/DaemonState.ts';
export type { EnrolmentServiceClient, EnrolmentServiceHandlers } from './gen/ramz/hsm/v1/EnrolmentService.ts';
export type {
  EnrolRequest as WireEnrolInput,
  EnrolRequest__Output as WireEnrolRequest,
} from './gen/ramz/hsm/v1/EnrolRequest.ts';
export type {
  EnrolResponse as WireEnrolResponse,
  EnrolResponse__Output as WireEnrolResult,
} from './gen/ramz/hsm/v1/EnrolResponse.ts';
export type {
  GetSessionKeyResponse as WireSessionKey,
  GetSessionKeyResponse__Output as WireSessionKeyResult,
} from './gen/ramz/hsm/v1/GetSessionKeyResponse.ts';
export type {
  GetStatusResponse as WireStatus,
  GetStatusResponse__Output as WireStatusResult,
} from './gen/ramz/hsm/v1/GetStatusResponse.ts';
export type {
  GiveShareRequest as WireGiveShareInput,
  GiveShareRequest__Output as WireGiveShareRequest,
} from './gen/ramz/hsm/v1/GiveShareRequest.ts';
export type {
  GiveShareResponse as WireGiveShareResponse,
  GiveShareResponse__Output as WireGiveShareResult,
} from './gen/ramz/hsm/v1/GiveShareResponse.ts';
export type {
  InitialiseRequest as WireInitialiseInput,
  InitialiseRequest__Output as WireInitialiseRequest,
} from './gen/ramz/hsm/v1/InitialiseRequest.ts';
export type {
  InitialiseResponse as WireInitialiseResponse,
  InitialiseResponse__Output as WireInitialiseResult,
} from './gen/ramz/hsm/v1/InitialiseResponse.ts';
export type { Purpose as WirePurpose } from './gen/ramz/hsm/v1/Purpose.ts';
export type {
  SealResponse as WireSealResponse,
  SealResponse__Output as WireSealResult,
} from './gen/ramz/hsm/v1/SealResponse.ts';
export type { StatusServiceClient, StatusServiceHandlers } from './gen/ramz/hsm/v1/StatusService.ts';
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
