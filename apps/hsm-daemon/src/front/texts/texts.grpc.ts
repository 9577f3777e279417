import type { ServerWritableStream } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { BankProfile } from '@ramz/bank-profile';
import { NAME_CHARS_MAX } from '@ramz/custody';
import type { WireReportTextRequest, WireWatchTextsRequest, WireWatchTextsResponse } from '@ramz/proto';
import { from, type Observable } from 'rxjs';
import { TEXT_ID_CHARS_MAX } from '../../boundary/limits.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { BANK_PROFILE, REALM, STOPPING } from '../access/front-tokens.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { MalformedRequest } from '../errors/front-errors.ts';
import { Watchers } from '../events/watchers.ts';
import { readName } from '../fields/read-value.ts';
import { followTexts } from './follow-texts.ts';
import { TextDesk } from './text-desk.ts';

type TextsCall = ServerWritableStream<WireWatchTextsRequest, WireWatchTextsResponse>;

@Controller()
export class TextsController {
  readonly #desk: TextDesk;
  readonly #profile: BankProfile;
  readonly #realm: string;
  readonly #stopping: AbortSignal;
  readonly #watchers = new Watchers();

  constructor(
    @Inject(TextDesk) desk: TextDesk,
    @Inject(BANK_PROFILE) profile: BankProfile,
    @Inject(REALM) realm: string,
    @Inject(STOPPING) stopping: AbortSignal,
  ) {
    this.#desk = desk;
    this.#profile = profile;
    this.#realm = realm;
    this.#stopping = stopping;
  }

  @Rpc('TextService', 'WatchTexts')
  watchTexts(
    @Payload() { zone }: WireWatchTextsRequest,
    @Admitted() { caller, call }: AdmittedCall<TextsCall>,
  ): Observable<WireWatchTextsResponse> {
    const texts = followTexts(call, this.#desk, this.#readZone(zone), this.#stopping);
    return from(this.#watchers.through(caller.name, texts));
  }

  @Rpc('TextService', 'ReportText')
  reportText(@Payload() { textId, taken }: WireReportTextRequest): object {
    this.#desk.report(readName('text_id', textId, TEXT_ID_CHARS_MAX), taken);
    return {};
  }

  /** @throws MalformedRequest */
  #readZone(zone: string): string {
    if (zone === '' && this.#realm === 'test') return '';
    const zones = this.#profile.activation?.textZones ?? [];
    if (zones.includes(readName('zone', zone, NAME_CHARS_MAX))) return zone;
    throw new MalformedRequest('zone', `must be a text zone of the profile: ${zones.join(', ') || 'it has none'}`);
  }
}
