import { randomUUID } from 'node:crypto';
import { CallRefused, type Daemon, RamzClient, type RegisterClient, withRehearsal } from '@ramz/client';
import { type TourPurpose, TourToken } from './bench-token.ts';
import { Phone, TOUR_CARD, TOUR_MOBILE, visitAtm } from './customer.ts';
import { DaemonProcess } from './daemon-process.ts';
import { expectStep } from './step-failed.ts';

const TRIES = 5;

/** Reports one completed step. */
export type ReportStep = (line: string) => void;

export interface TourOptions {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
}

/** What the tour leaves running. */
export interface TourEnd {
  readonly daemon: DaemonProcess;
  readonly phone: Phone;
  /** The code that the tour has used. */
  readonly usedCode: string;
}

/**
 * Runs the whole tour once, and checks each step.
 * @throws StepFailed, CallRefused, Error
 */
export async function runTour(options: TourOptions, tell: ReportStep): Promise<TourEnd> {
  const { dataDir, host, port } = options;
  let daemon = await DaemonProcess.start(dataDir, host, port);
  try {
    tell(
      `vault (pid ${daemon.vaultPid}) and front (pid ${daemon.pid}) are up on ${host}:${daemon.daemon.port}, mutual TLS`,
    );
    await holdCeremony(daemon, tell);
    await unseal(daemon, tell);
    const phone = new Phone(daemon.daemon);
    await activate(daemon, phone, tell);
    await refuseWrong(daemon, await acceptOnce(daemon, phone, tell), tell);
    await lockFirstPin(daemon, tell);
    await blockSecondPin(daemon, phone, tell);
    const usedCode = await unblockAtBranch(daemon, phone, tell);
    daemon = await surviveKill(daemon, options, usedCode, tell);
    return { daemon, phone, usedCode };
  } catch (error) {
    await daemon.kill();
    throw error;
  }
}

async function holdCeremony({ daemon }: DaemonProcess, tell: ReportStep): Promise<void> {
  const client = new RamzClient({ ...daemon, caller: 'operator' });
  const { state, rootKeyKcv } = await client.status().finally(() => client.close());
  if (state !== 'DAEMON_STATE_UNINITIALISED') {
    tell(`ceremony was held before: root key KCV ${rootKeyKcv}`);
    return;
  }
  const { root_key_kcv: kcv } = await withRehearsal(daemon, (rehearsal) => rehearsal.initialise());
  tell('ceremony: three custodians gave keys and entropy, each got a SLIP-39 share and proved it by typing it back');
  tell(`root key made and split 2 of 3, KCV ${kcv}; no one has it, and the front saw only ciphertext`);
}

async function unseal({ daemon }: DaemonProcess, tell: ReportStep): Promise<void> {
  const state = ({ unsealed }: { unsealed: boolean }) => (unsealed ? 'unsealed' : 'sealed');
  expectStep('sealed', state(await unsealBy(daemon, ['custodian-1'])));
  expectStep('unsealed', state(await unsealBy(daemon, ['custodian-3'])));
  tell('unsealed by custodian-1 and custodian-3; one alone was not enough');
}

function unsealBy(daemon: Daemon, names: readonly string[]) {
  return withRehearsal(daemon, (rehearsal) => rehearsal.unseal(names));
}

/** Activates the card's token with two codes (M-22 to M-29). */
async function activate({ daemon }: DaemonProcess, phone: Phone, tell: ReportStep): Promise<void> {
  const put = await actAs(daemon, 'core', (register, asked) =>
    register.putSubject({ ...asked, mobileNumber: TOUR_MOBILE, reference: 'customer-1' }),
  );
  expectStep('DONE', put);
  tell(`the bank's core registers card ${masked(TOUR_CARD)} with a mobile number; the daemon keeps a keyed hash of it`);
  const codes = await visitAtm(daemon);
  const { printed, text } = codes;
  tell(`at an ATM the customer types that number: the receipt has ${printed}, a text has ${text}`);
  expectStep('false', String(await phone.activate({ printed, text: otherThan([text]) })));
  tell('the app with one wrong code of the two: REFUSED, and the answer does not say which');
  expectStep('true', String(await phone.activate(codes)));
  const file = await fileOf(daemon);
  expectStep('false', String(file.staticSecondPin));
  const serial = file.places[0]?.tokens[0]?.serial ?? '';
  tell(`with both: token ${serial} has seeds for first PIN, second PIN and signatures; the static second PIN is off`);
  tell('codes and seeds crossed gateway and front sealed; the vault kept no code, it derives them');
}

async function fileOf(daemon: Daemon) {
  const branch = new RamzClient({ ...daemon, caller: 'branch-12' });
  return branch.register.file({ cardNumber: TOUR_CARD }).finally(() => branch.close());
}

async function acceptOnce({ daemon }: DaemonProcess, phone: Phone, tell: ReportStep): Promise<string> {
  const { code } = await phone.code();
  tell(`the app shows ${code}, without a network`);
  const requestId = randomUUID();
  const first = await verdict(daemon, 'PURPOSE_SECOND_PIN', code, requestId);
  expectStep('ACCEPTED', first.verdict);
  tell(`internet bank verifies ${code}: ACCEPTED, audit entry ${first.logIndex}`);
  const again = await verdict(daemon, 'PURPOSE_SECOND_PIN', code, requestId);
  expectStep(`ACCEPTED ${first.logIndex}`, `${again.verdict} ${again.logIndex}`);
  tell(`the answer was lost and the request is sent again: the same verdict, audit entry ${again.logIndex}`);
  const replay = await verdict(daemon, 'PURPOSE_SECOND_PIN', code);
  expectStep('REFUSED', replay.verdict);
  tell(`the same code in a second payment: REFUSED, audit entry ${replay.logIndex}`);
  return code;
}

async function refuseWrong({ daemon }: DaemonProcess, code: string, tell: ReportStep): Promise<void> {
  const wrong = otherThan([code]);
  const { verdict: said, logIndex } = await verdict(daemon, 'PURPOSE_SECOND_PIN', wrong);
  expectStep('REFUSED', said);
  tell(`a wrong code ${wrong}: REFUSED, audit entry ${logIndex}`);
}

async function lockFirstPin({ daemon }: DaemonProcess, tell: ReportStep): Promise<void> {
  const token = await TourToken.make('RZ-000002');
  const { generation, envelopeBytes } = await token.enrol(daemon, TOUR_CARD, 'PURPOSE_FIRST_PIN');
  tell(
    `hardware token RZ-000002 takes the first PIN's place, generation ${generation}: its seed crossed gRPC and HID as one sealed envelope of ${envelopeBytes} bytes`,
  );
  const former = await token.press();
  token.catchUp();
  const code = await token.press();
  const wrong = otherThan([former, code]);
  const said: string[] = [];
  for (let i = 0; i < TRIES; i++) said.push((await verdict(daemon, 'PURPOSE_FIRST_PIN', wrong)).verdict);
  expectStep('REFUSED REFUSED REFUSED REFUSED LOCKED', said.join(' '));
  const late = await verdict(daemon, 'PURPOSE_FIRST_PIN', code);
  expectStep('LOCKED', late.verdict);
  tell(
    `first PIN at a shop's terminal, ${TRIES} wrong codes: ${said.join(', ')}; the right one ${code} after that: ${late.verdict}, audit entry ${late.logIndex}`,
  );
}

async function blockSecondPin({ daemon }: DaemonProcess, phone: Phone, tell: ReportStep): Promise<void> {
  const blocked = await actAs(daemon, 'atm', (register, asked) => register.blockSecondPin(asked));
  // The fraud desk gets the exact reason: used codes are refused without a block, too.
  const desk = new RamzClient({ ...daemon, caller: 'fraud-desk' });
  const asked = { requestId: randomUUID(), cardNumber: TOUR_CARD, purpose: 'PURPOSE_SECOND_PIN' } as const;
  const { code } = await phone.code();
  const late = await desk.verify({ ...asked, code }).finally(() => desk.close());
  expectStep('DONE VERDICT_REFUSED VERDICT_REASON_BLOCKED', `${blocked} ${late.verdict} ${late.reason}`);
  tell('the customer blocks the second PIN at an ATM; its codes: REFUSED, for the fraud desk BLOCKED');
}

async function unblockAtBranch({ daemon }: DaemonProcess, phone: Phone, tell: ReportStep): Promise<string> {
  const atm = await actAs(daemon, 'atm', (register, asked) => register.unblockSecondPin(asked)).catch(() => 'REFUSED');
  const branch = await actAs(daemon, 'branch-12', (register, asked) => register.unblockSecondPin(asked));
  expectStep('REFUSED DONE', `${atm} ${branch}`);
  tell('an ATM cannot lift the block, branch 12 can: the second PIN is deactivated, and its old token void for ever');
  expectStep('true', String(await phone.activate(await visitAtm(daemon))));
  const { code: usedCode } = await phone.code();
  const { verdict: said, logIndex } = await verdict(daemon, 'PURPOSE_SECOND_PIN', usedCode);
  const statuses = (await fileOf(daemon)).places.map(({ status }) => status.replace('PLACE_STATUS_', ''));
  expectStep('ACCEPTED ACTIVE ACTIVE ACTIVE', [said, ...statuses].join(' '));
  tell(
    `activated again at an ATM, which cures the lock of the first PIN too: the app shows ${usedCode}: ${said}, audit entry ${logIndex}`,
  );
  return usedCode;
}

type RegisterAct = (
  register: RegisterClient,
  asked: { requestId: string; cardNumber: string },
) => Promise<{ outcome: string }>;

async function actAs(daemon: Daemon, caller: string, act: RegisterAct): Promise<string> {
  const client = new RamzClient({ ...daemon, caller });
  const asked = { requestId: randomUUID(), cardNumber: TOUR_CARD };
  const { outcome } = await act(client.register, asked).finally(() => client.close());
  return outcome.replace('ACT_OUTCOME_', '');
}

async function surviveKill(
  before: DaemonProcess,
  options: TourOptions,
  code: string,
  tell: ReportStep,
): Promise<DaemonProcess> {
  await before.kill();
  const daemon = await DaemonProcess.start(options.dataDir, options.host, before.daemon.port);
  try {
    const sealed = await verdict(daemon.daemon, 'PURPOSE_SECOND_PIN', code).then(
      () => 'answered',
      (error: unknown) => (error instanceof CallRefused ? error.code : 'failed'),
    );
    expectStep('FAILED_PRECONDITION', sealed);
    await unsealBy(daemon.daemon, ['custodian-2', 'custodian-3']);
    const after = await verdict(daemon.daemon, 'PURPOSE_SECOND_PIN', code);
    expectStep('REFUSED', after.verdict);
    tell(
      `both processes killed and started again: sealed until two custodians gave their shares; the used code: REFUSED, audit entry ${after.logIndex}`,
    );
    return daemon;
  } catch (error) {
    await daemon.kill();
    throw error;
  }
}

async function verdict(
  daemon: DaemonProcess['daemon'],
  purpose: TourPurpose,
  code: string,
  requestId: string = randomUUID(),
) {
  // A first PIN is typed with the card present, a second PIN without it (M-7).
  const bank = new RamzClient({ ...daemon, caller: purpose === 'PURPOSE_FIRST_PIN' ? 'pos' : 'internet-bank' });
  const result = await bank.verify({ requestId, cardNumber: TOUR_CARD, purpose, code }).finally(() => bank.close());
  return { verdict: result.verdict.replace('VERDICT_', ''), logIndex: result.logIndex };
}

/** Returns a code of the same length that is not in `live`. */
function otherThan(live: readonly string[]): string {
  const length = live[0]?.length ?? 0;
  for (let value = 0; ; value++) {
    const code = String(value).padStart(length, '1');
    if (!live.includes(code)) return code;
  }
}

/** Keeps the first six and last four digits: enough to find a card, too few to use it. */
function masked(cardNumber: string): string {
  return `${cardNumber.slice(0, 6)}******${cardNumber.slice(-4)}`;
}
