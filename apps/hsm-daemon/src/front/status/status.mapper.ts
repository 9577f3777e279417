import type { WireDaemonState, WireStatus } from '@ramz/proto';
import type { DaemonState } from '../../boundary/daemon-state.ts';
import type { StatusReply } from '../../boundary/status-reply.ts';

const STATES: Readonly<Record<DaemonState, WireDaemonState>> = {
  uninitialised: 'DAEMON_STATE_UNINITIALISED',
  sealed: 'DAEMON_STATE_SEALED',
  operational: 'DAEMON_STATE_OPERATIONAL',
  'clock-jumped': 'DAEMON_STATE_CLOCK_JUMPED',
  restoring: 'DAEMON_STATE_RESTORING',
  destroyed: 'DAEMON_STATE_DESTROYED',
  failed: 'DAEMON_STATE_FAILED',
};

export function writeStatus(reply: StatusReply, version: string): WireStatus {
  return {
    state: STATES[reply.state],
    realm: reply.realm,
    profile: reply.profile,
    version,
    logSize: String(reply.log_size),
    activeEnrolments: String(reply.active_enrolments),
    rootKeyKcv: reply.root_key_kcv,
    unsealProgress: { given: reply.shares_given, threshold: reply.threshold },
    failure: reply.failure,
    identityFingerprint: reply.identity,
    epoch: String(reply.epoch),
    unsealMode: reply.unseal_mode,
    storeAnswers: reply.store_answers,
    storeProblem: reply.store_problem,
    blockedCallers: [...reply.blocked_callers],
  };
}
