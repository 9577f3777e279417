// What an app asks for, through its gateway.
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type {
  WireActivationKeyResponse,
  WireCompleteActivationRequest,
  WireCompleteActivationResponse,
  WireDeleteTokenRequest,
  WireDeleteTokenResponse,
  WireTokenStateRequest,
  WireTokenStateResponse,
} from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { granted } from '../errors/front-errors.ts';
import { CompletionLimiter } from './completion-limiter.ts';
import {
  readAddress,
  readCompletion,
  readDeletion,
  readTokenState,
  writeActivationKey,
  writeCompletion,
  writeTokenState,
} from './token.mapper.ts';

@Controller()
export class TokenController {
  readonly #link: VaultLink;
  readonly #limiter: CompletionLimiter;

  constructor(@Inject(VaultLink) link: VaultLink, @Inject(CompletionLimiter) limiter: CompletionLimiter) {
    this.#link = link;
    this.#limiter = limiter;
  }

  @Rpc('ActivationService', 'CompleteActivation')
  async completeActivation(
    @Payload() request: WireCompleteActivationRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireCompleteActivationResponse> {
    const command = readCompletion(request, caller);
    const reply = await this.#limiter.during(
      caller.name,
      readAddress(request.address),
      async () => granted<'complete-activation'>(await this.#link.send(command, asker)),
      ({ isActivated }) => !isActivated,
    );
    return writeCompletion(reply);
  }

  @Rpc('ActivationService', 'DeleteToken')
  async deleteToken(
    @Payload() request: WireDeleteTokenRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireDeleteTokenResponse> {
    const command = readDeletion(request, caller);
    const { isDeleted } = await this.#limiter.during(
      caller.name,
      readAddress(request.address),
      async () => granted<'delete-token'>(await this.#link.send(command, asker)),
      (reply) => !reply.isDeleted,
    );
    return { deleted: isDeleted };
  }

  @Rpc('ActivationService', 'GetTokenState')
  async getTokenState(
    @Payload() request: WireTokenStateRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireTokenStateResponse> {
    return writeTokenState(granted<'token-state'>(await this.#link.send(readTokenState(request, caller), asker)));
  }

  @Rpc('ActivationService', 'GetActivationKey')
  async getActivationKey(@Admitted() { caller, asker }: AdmittedCall): Promise<WireActivationKeyResponse> {
    const command = { kind: 'activation-key', caller: caller.name } as const;
    return writeActivationKey(granted<'activation-key'>(await this.#link.send(command, asker)));
  }
}
