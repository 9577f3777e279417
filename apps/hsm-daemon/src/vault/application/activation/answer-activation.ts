import type { ActivationCommand, ActivationReply } from '../../../boundary/activation-commands.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { ActPorts } from '../life-cycle/asked-act.ts';
import { completeActivation } from './complete-activation.ts';
import { deleteToken, tokenState } from './delete-token.ts';
import { issueCodes } from './issue-codes.ts';
import { tellActivationKey } from './tell-activation-key.ts';

/**
 * Answers a command about activations and their tokens.
 * @throws Fault, RowBroken
 */
export function answerActivation(
  command: ActivationCommand,
  draft: Draft,
  keys: OpenKeys,
  ports: ActPorts & Pick<VaultPorts, 'realm'>,
): ActivationReply | Promise<ActivationReply> {
  switch (command.kind) {
    case 'request-activation':
    case 'allocate-code':
    case 'reissue-code':
    case 'repeat-text':
      return issueCodes(command, draft, keys, ports);
    case 'complete-activation':
      return completeActivation(command, draft, keys, ports);
    case 'delete-token':
      return deleteToken(command, draft, keys, ports);
    case 'token-state':
      return tokenState(command, draft, keys, ports);
    case 'activation-key':
      return tellActivationKey(keys, draft.nowMs, ports);
  }
}
