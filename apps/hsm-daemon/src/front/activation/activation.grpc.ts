// What ATMs and branches ask for: codes, and a text once more.
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { BankProfile } from '@ramz/bank-profile';
import type {
  WireAllocateCodeRequest,
  WireAllocateCodeResponse,
  WireReissueCodeRequest,
  WireReissueCodeResponse,
  WireRepeatTextRequest,
  WireRepeatTextResponse,
  WireRequestActivationRequest,
  WireRequestActivationResponse,
} from '@ramz/proto';
import type { IssueReply } from '../../boundary/activation-commands.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { BANK_PROFILE } from '../access/front-tokens.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { granted } from '../errors/front-errors.ts';
import { writeAct } from '../life-cycle/act.mapper.ts';
import { TextDesk } from '../texts/text-desk.ts';
import { readBranchCode, readRepeat, readRequest, writePrinted } from './activation.mapper.ts';
import { CompletionLimiter } from './completion-limiter.ts';
import { readAddress } from './token.mapper.ts';

@Controller()
export class ActivationController {
  readonly #link: VaultLink;
  readonly #texts: TextDesk;
  readonly #limiter: CompletionLimiter;
  readonly #profile: Pick<BankProfile, 'activation'>;

  constructor(
    @Inject(VaultLink) link: VaultLink,
    @Inject(TextDesk) texts: TextDesk,
    @Inject(CompletionLimiter) limiter: CompletionLimiter,
    @Inject(BANK_PROFILE) profile: Pick<BankProfile, 'activation'>,
  ) {
    this.#link = link;
    this.#texts = texts;
    this.#limiter = limiter;
    this.#profile = profile;
  }

  @Rpc('ActivationService', 'RequestActivation')
  async requestActivation(
    @Payload() request: WireRequestActivationRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireRequestActivationResponse> {
    const command = readRequest(request, caller, this.#nextZone());
    const reply = granted<'request-activation'>(await this.#link.send(command, asker));
    const textTaken = await this.#sendText(command, reply);
    return { ...writeAct(reply, caller), code: writePrinted(reply.code), textTaken };
  }

  @Rpc('ActivationService', 'AllocateCode')
  async allocateCode(
    @Payload() request: WireAllocateCodeRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireAllocateCodeResponse> {
    const reply = granted<'allocate-code'>(
      await this.#link.send(readBranchCode('allocate-code', request, caller), asker),
    );
    return { ...writeAct(reply, caller), code: writePrinted(reply.code) };
  }

  @Rpc('ActivationService', 'ReissueCode')
  async reissueCode(
    @Payload() request: WireReissueCodeRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireReissueCodeResponse> {
    const reply = granted<'reissue-code'>(
      await this.#link.send(readBranchCode('reissue-code', request, caller), asker),
    );
    return { ...writeAct(reply, caller), code: writePrinted(reply.code) };
  }

  @Rpc('ActivationService', 'RepeatText')
  async repeatText(
    @Payload() request: WireRepeatTextRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireRepeatTextResponse> {
    const command = readRepeat(request, caller, this.#nextZone());
    const send = async () => granted<'repeat-text'>(await this.#link.send(command, asker));
    const hasFailed = ({ outcome }: IssueReply) => outcome !== 'done';
    const isOfApp = caller.role === 'gateway';
    const address = readAddress(request.address);
    const reply = isOfApp ? await this.#limiter.during(caller.name, address, send, hasFailed) : await send();
    return { ...writeAct(reply, caller), textTaken: await this.#sendText(command, reply) };
  }

  /** Where there are no texts, the vault says so. */
  #nextZone(): string {
    return this.#profile.activation?.codes === 'pair' ? this.#texts.nextZone() : '';
  }

  async #sendText(
    { mobileNumber, textZone }: { readonly mobileNumber: string; readonly textZone: string },
    { text }: IssueReply,
  ): Promise<boolean> {
    return text !== undefined && (await this.#texts.send(textZone, { ...text, mobileNumber }));
  }
}
