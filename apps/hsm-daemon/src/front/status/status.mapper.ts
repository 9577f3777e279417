import type { DaemonState } from '@ramz/custody';
import type { WireDaemonState, WireStatus } from '@ramz/proto';
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
    logSize: String(reply.logSize),
    activeEnrolments: String(reply.activeEnrolments),
    rootKeyKcv: reply.rootKeyKcv,
    unsealProgress: { given: reply.sharesGiven, threshold: reply.threshold },
    failure: reply.failure,
    identityFingerprint: reply.identity,
    epoch: String(reply.epoch),
    unsealMode: reply.unsealMode,
    storeAnswers: reply.storeAnswers,
    storeProblem: reply.storeProblem,
    blockedCallers: [...reply.blockedCallers],
  };
}
