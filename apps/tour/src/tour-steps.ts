import { randomUUID } from 'node:crypto';
import { CallRefused, type Daemon, RamzClient, type RegisterClient, withRehearsal } from '@ramz/client';
import { type TourPurpose, TourToken } from './bench-token.ts';
import { DaemonProcess } from './daemon-process.ts';
import { expectStep } from './step-failed.ts';

export const TOUR_CARD = '6280230000000019';
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
  readonly token: TourToken;
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
    const token = await enrolSecondPin(daemon, tell);
    await refuseWrong(daemon, await acceptOnce(daemon, token, tell), tell);
    await lockFirstPin(daemon, tell);
    await blockSecondPin(daemon, token, tell);
    const renewed = await unblockAtBranch(daemon, tell);
    daemon = await surviveKill(daemon, options, renewed.usedCode, tell);
    return { daemon, ...renewed };
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

async function enrolSecondPin({ daemon }: DaemonProcess, tell: ReportStep): Promise<TourToken> {
  const token = await TourToken.make('RZ-000001');
  const { generation, logIndex, envelopeBytes } = await token.enrol(daemon, TOUR_CARD, 'PURPOSE_SECOND_PIN');
  tell(
    `token RZ-000001 enrolled for card ${masked(TOUR_CARD)}, second PIN, generation ${generation}, audit entry ${logIndex}`,
  );
  tell(`its seed crossed gRPC and HID as one sealed envelope of ${envelopeBytes} bytes, opened inside the token`);
  token.catchUp();
  return token;
}

async function acceptOnce({ daemon }: DaemonProcess, token: TourToken, tell: ReportStep): Promise<string> {
  const code = await token.press();
  tell(`button pressed: the token shows ${code}`);
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
  await token.enrol(daemon, TOUR_CARD, 'PURPOSE_FIRST_PIN');
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

async function blockSecondPin({ daemon }: DaemonProcess, token: TourToken, tell: ReportStep): Promise<void> {
  const blocked = await actAs(daemon, 'atm', (register, asked) => register.blockSecondPin(asked));
  // The fraud desk gets the exact reason: used codes are refused without a block, too.
  const desk = new RamzClient({ ...daemon, caller: 'fraud-desk' });
  const asked = { requestId: randomUUID(), cardNumber: TOUR_CARD, purpose: 'PURPOSE_SECOND_PIN' } as const;
  const late = await desk.verify({ ...asked, code: await token.press() }).finally(() => desk.close());
  expectStep('DONE VERDICT_REFUSED VERDICT_REASON_BLOCKED', `${blocked} ${late.verdict} ${late.reason}`);
  tell('the customer blocks the second PIN at an ATM; its codes: REFUSED, for the fraud desk BLOCKED');
}

async function unblockAtBranch(
  { daemon }: DaemonProcess,
  tell: ReportStep,
): Promise<Pick<TourEnd, 'token' | 'usedCode'>> {
  const atm = await actAs(daemon, 'atm', (register, asked) => register.unblockSecondPin(asked)).catch(() => 'REFUSED');
  const branch = await actAs(daemon, 'branch-12', (register, asked) => register.unblockSecondPin(asked));
  expectStep('REFUSED DONE', `${atm} ${branch}`);
  tell('an ATM cannot lift the block, branch 12 can: the second PIN is deactivated, and its old token void for ever');
  const token = await TourToken.make('RZ-000003');
  await token.enrol(daemon, TOUR_CARD, 'PURPOSE_SECOND_PIN');
  token.catchUp();
  const usedCode = await token.press();
  const { verdict: said, logIndex } = await verdict(daemon, 'PURPOSE_SECOND_PIN', usedCode);
  expectStep('ACCEPTED', said);
  tell(`a new token RZ-000003 is enrolled and shows ${usedCode}: ${said}, audit entry ${logIndex}`);
  return { token, usedCode };
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
