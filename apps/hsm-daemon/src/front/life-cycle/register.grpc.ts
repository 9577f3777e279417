import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type {
  WireAct,
  WireEndReplayResponse,
  WirePutSubjectRequest,
  WireReplayEntriesRequest,
  WireReplayEntriesResponse,
} from '@ramz/proto';
import { REPLAYED_ENTRIES_MAX } from '../../boundary/limits.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { granted, MalformedRequest } from '../errors/front-errors.ts';
import { readAsked, type WireAsked, writeAct } from './act.mapper.ts';
import { readPut } from './register.mapper.ts';

@Controller()
export class RegisterController {
  readonly #link: VaultLink;

  constructor(@Inject(VaultLink) link: VaultLink) {
    this.#link = link;
  }

  @Rpc('RegisterService', 'PutSubject')
  async putSubject(
    @Payload() request: WirePutSubjectRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<{ result: WireAct }> {
    return writeAct(granted<'put-subject'>(await this.#link.send(readPut(request, caller), asker)), caller);
  }

  @Rpc('RegisterService', 'CloseSubject')
  async closeSubject(
    @Payload() request: WireAsked,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<{ result: WireAct }> {
    const command = { kind: 'close-subject', ...readAsked(request, caller) } as const;
    return writeAct(granted<'close-subject'>(await this.#link.send(command, asker)), caller);
  }

  @Rpc('RegisterService', 'ReplayEntries')
  async replayEntries(
    @Payload() { entries }: WireReplayEntriesRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireReplayEntriesResponse> {
    if (entries.length > REPLAYED_ENTRIES_MAX) {
      throw new MalformedRequest('entries', `must be at most ${REPLAYED_ENTRIES_MAX}`);
    }
    const leaves = entries.map((bytes) => Uint8Array.from(bytes));
    const command = { kind: 'replay-entries', caller: caller.name, entries: leaves } as const;
    const { subjects } = granted<'replay-entries'>(await this.#link.send(command, asker));
    return { subjects };
  }

  @Rpc('RegisterService', 'EndReplay')
  async endReplay(@Admitted() { caller, asker }: AdmittedCall): Promise<WireEndReplayResponse> {
    granted<'end-replay'>(await this.#link.send({ kind: 'end-replay', caller: caller.name }, asker));
    return {};
  }
}
