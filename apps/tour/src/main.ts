// npm start: the guided tour. Then a daemon and a phone stay up to be tried.
import { join, resolve } from 'node:path';
import type { Daemon } from '@ramz/client';
import { Command, Option } from 'commander';
import { TOUR_CARD } from './customer.ts';
import { runTour, type TourEnd } from './tour-steps.ts';

interface TourFlags {
  readonly once: boolean;
  readonly dataDir: string;
  readonly host: string;
  readonly port: string;
  readonly json: boolean;
}

const program = new Command('npm start --')
  .description('starts a daemon of the test realm, and walks from ceremony and activation to verdicts')
  .option('--once', 'stop after the tour; exits 0 only when every step did what it promises', false)
  .addOption(new Option('--data-dir <path>', 'where keys, store and logs go').env('RAMZ_DATA_DIR').default('.ramz'))
  .addOption(new Option('--host <address>', 'address to listen on').env('RAMZ_HOST').default('127.0.0.1'))
  .addOption(new Option('--port <number>', 'port to listen on, 0 for any free one').env('RAMZ_PORT').default('50551'))
  .option('--json', 'one JSON object a step instead of lines', false)
  .action(tour);

async function tour({ once, dataDir, host, port, json }: TourFlags): Promise<void> {
  let step = 0;
  const tell = (line: string) => {
    step += 1;
    process.stdout.write(json ? `${JSON.stringify({ step, line })}\n` : `${String(step).padStart(2)}  ${line}\n`);
  };
  const end = await runTour({ dataDir, host, port: Number(port) }, tell);
  if (once) return await end.daemon.stop();
  stayUp(end, json);
}

function stayUp(end: TourEnd, json: boolean): void {
  // In JSON mode, text for people goes to standard error.
  (json ? process.stderr : process.stdout).write(howToCall(end.daemon.daemon));
  let last = { code: end.usedCode, said: 'this one was used in the walk' };
  const showCode = async () => {
    const { code, untilMs } = await end.phone.code();
    const note = code === last.code ? `${last.said}; the next comes in ${secondsUntil(untilMs)} s` : '';
    const line = `the app shows ${code}${note && ` (${note})`}`;
    process.stdout.write(`${json ? JSON.stringify({ code, note }) : line}\n`);
    last = { code, said: 'the same as before' };
  };
  process.stdin.on('data', () => void showCode().catch(stopWith));
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    process.stderr.write('stopping\n');
    end.daemon.stop().then(() => process.exit(0), stopWith);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const watch = async () => {
    await end.daemon.ended;
    if (!stopping) throw new Error('the daemon has ended; its log is daemon.log in the data directory');
  };
  watch().catch(stopWith);
}

function secondsUntil(atMs: number): number {
  return Math.max(1, Math.ceil((atMs - Date.now()) / 1000));
}

function howToCall({ dataDir, host, port }: Daemon): string {
  const pki = join(resolve(dataDir), 'pki');
  const where = `--data-dir ${resolve(dataDir)} --host ${host} --port ${port}`;
  return `
It stays up. Press Enter for the app's code, Ctrl-C to stop. In another terminal, in this repository:

  npx ramz status ${where}
  npx ramz verify ${where} --card ${TOUR_CARD} --code <what the app shows>
  grpcurl -cacert ${pki}/ca.crt -cert ${pki}/internet-bank.crt -key ${pki}/internet-bank.key \\
    -d '{"request_id":"'$RANDOM'","card_number":"${TOUR_CARD}","purpose":"PURPOSE_SECOND_PIN","code":"<code>"}' \\
    ${host}:${port} ramz.hsm.v1.VerificationService/Verify

`;
}

function stopWith(error: unknown): void {
  process.stderr.write(`ramz: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

program.parseAsync().catch(stopWith);
