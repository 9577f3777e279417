// A well-formed call of each RPC.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceError } from '@grpc/grpc-js';
import { CallRefused, type RamzClient } from '@ramz/client';
import type { RpcName } from '../../apps/hsm-daemon/src/front/access/roles.ts';
import { cardNumber } from '../harness/cards.ts';

type RegisterRpc =
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
  | 'GetFile';

/** The profile of this bank issues no permissions. */
function unlessNarrowed(error: unknown): void {
  if (error instanceof CallRefused && error.reason === 'CHANNEL_NOT_ALLOWED') return;
  throw error;
}

/** An operational daemon that was not restored rejects these by its own rule, beside the tables. */
function unlessNotRestored(error: unknown): void {
  if (error instanceof CallRefused && error.message.includes('no replay is pending')) return;
  throw error;
}

/** Makes a well-formed call: rejected, it changes nothing, and admitted, nothing lasting. */
export async function call(client: RamzClient, rpc: RpcName, key: Buffer): Promise<unknown> {
  const attempt = {
    requestId: randomUUID(),
    cardNumber: cardNumber(5),
    purpose: 'PURPOSE_SECOND_PIN' as const,
    code: '00000000',
  };
  switch (rpc) {
    case 'Verify':
      return client.verify(attempt);
    case 'VerifyBatch':
      return client.verifyBatch([attempt]);
    case 'Resynchronise':
      return client.resynchronise({ ...attempt, nextCode: '00000001' });
    case 'VerifySignature':
      return client.verifySignature({
        requestId: randomUUID(),
        cardNumber: cardNumber(5),
        transaction: { type: 'transfer', amount: '1', currency: 'IRR', payee: 'P' },
        code: '00000000',
      });
    case 'VerifyStream':
      return firstOfStream(client, attempt);
    case 'Enrol':
      return client.enrol({
        cardNumber: cardNumber(5),
        purpose: 'PURPOSE_FIRST_PIN',
        tokenSerial: 'T',
        tokenPublicKey: key,
      });
    case 'GetStatus':
      return client.status();
    case 'GetAnnouncement':
      return client.announcement(Buffer.alloc(16));
    case 'Act':
      return client.act({ statement: Buffer.from('{}'), signature: Buffer.alloc(64), envelope: Buffer.alloc(0) });
    case 'GetMinutes':
      return client.minutes('0'.repeat(32));
    case 'ListKeys':
      return client.keys();
    case 'RunSelfTests':
      return client.selfTests();
    case 'GetCheckpoint':
      return client.checkpoint();
    case 'ListEntries':
      return client.entries(0, 1);
    case 'GetInclusionProof':
      return client.inclusionProof(0, 1);
    case 'GetConsistencyProof':
      return client.consistencyProof(1, 1);
    case 'WatchEvents':
      return firstEvent(client);
    case 'WatchTexts':
      return openTexts(client);
    case 'ReportText':
      return client.activation.reportText('T', true);
    case 'RequestActivation':
    case 'AllocateCode':
    case 'ReissueCode':
    case 'RepeatText':
    case 'CompleteActivation':
    case 'DeleteToken':
    case 'GetTokenState':
    case 'GetActivationKey':
      return callActivation(client, rpc);
    default:
      return callRegister(client, rpc);
  }
}

/** On a card that nothing is known of. */
function callRegister({ register }: RamzClient, rpc: RegisterRpc): Promise<unknown> {
  const asked = { requestId: randomUUID(), cardNumber: cardNumber(9) };
  switch (rpc) {
    case 'PutSubject':
      return register.putSubject({ ...asked, mobileNumber: '09121234567' });
    case 'CloseSubject':
      return register.closeSubject(asked);
    case 'ReplayEntries':
      return register.replayEntries([]).catch(unlessNotRestored);
    case 'EndReplay':
      return register.endReplay().catch(unlessNotRestored);
    case 'IssuePermission':
      return register
        .issuePermission({
          ...asked,
          accountReference: 'A-1',
          personKind: 'PERSON_KIND_NATURAL',
          accountKind: 'ACCOUNT_KIND_SINGLE',
          openingBranch: '12',
        })
        .catch(unlessNarrowed);
    case 'WithdrawPermission':
      return register.withdrawPermission({ ...asked, accountReference: 'A-1' }).catch(unlessNarrowed);
    case 'Deactivate':
      return register.deactivate(asked);
    case 'BlockSecondPin':
      return register.blockSecondPin(asked);
    case 'UnblockSecondPin':
      return register.unblockSecondPin(asked);
    case 'VoidToken':
      return register.voidToken({ ...asked, tokenSerial: 'T' });
    case 'ReportLost':
      return register.reportLost({ ...asked, tokenSerial: 'T' });
    case 'ReportFound':
      return register.reportFound({ ...asked, tokenSerial: 'T' });
    case 'GetFile':
      return register.file({ cardNumber: cardNumber(9) });
  }
}

/** Ends the stream: an open one would hold up the daemon's stop for ten seconds. */
async function firstEvent(client: RamzClient): Promise<unknown> {
  for await (const event of client.watchEvents(0, true)) return event;
  return undefined;
}

/** Returns the first answer of a stream, or rejects with the status it ended with. */
function firstOfStream(client: RamzClient, attempt: Parameters<RamzClient['verify']>[0]): Promise<unknown> {
  const stream = client.verifyStream();
  return new Promise((resolve, reject) => {
    stream.once('data', (answer) => {
      stream.end();
      resolve(answer);
    });
    stream.on('error', (error: ServiceError) => reject(CallRefused.from(error, '')));
    stream.write({ request: attempt });
  });
}

type ActivationRpc =
  | 'RequestActivation'
  | 'AllocateCode'
  | 'ReissueCode'
  | 'RepeatText'
  | 'CompleteActivation'
  | 'DeleteToken'
  | 'GetTokenState'
  | 'GetActivationKey';

function callActivation({ activation }: RamzClient, rpc: ActivationRpc): Promise<unknown> {
  const asked = { requestId: randomUUID(), cardNumber: cardNumber(9) };
  const token = { cardNumber: cardNumber(9), enrolmentId: '0'.repeat(32), minute: '1', mac: Buffer.alloc(32) };
  switch (rpc) {
    case 'RequestActivation':
      return activation.request({ ...asked, mobileNumber: '09121234567', method: 'ACTIVATION_METHOD_APP' });
    case 'AllocateCode':
      return activation.allocateCode(asked).catch(unlessNarrowed);
    case 'ReissueCode':
      return activation.reissueCode(asked).catch(unlessNarrowed);
    case 'RepeatText':
      return activation.repeatText({ ...asked, mobileNumber: '09121234567' });
    case 'CompleteActivation':
      return activation.complete({ ...asked, epoch: 1, sealedCodes: Buffer.alloc(112) });
    case 'DeleteToken':
      return activation.deleteToken({ requestId: randomUUID(), token });
    case 'GetTokenState':
      return activation.tokenState({ token });
    case 'GetActivationKey':
      return activation.activationKey();
  }
}

/** Waits long enough for a refusal, and goes. */
async function openTexts({ activation }: RamzClient): Promise<unknown> {
  const texts = activation.watchTexts('');
  const first = texts.next();
  const refused = await Promise.race([first.then(() => undefined), sleep(300)]);
  void texts.return(undefined).catch(() => {});
  return refused;
}
