// npm start: the guided tour, then a daemon and a token that stay up to be tried.
import { relative } from 'node:path';
import { Command } from 'commander';
import { runTour, TOUR_CARD, type TourEnd } from './tour-steps.ts';

interface TourFlags {
  readonly once: boolean;
  readonly dataDir: string;
  readonly host: string;
  readonly port: string;
  readonly json: boolean;
}

const program = new Command('npm start --')
  .description('starts a daemon of the test realm and an emulated token, and walks from ceremony to verdict')
  .option('--once', 'stop after the tour; exits 0 only when every step did what it promises', false)
  .option('--data-dir <path>', 'where keys, store and logs go', process.env['RAMZ_DATA_DIR'] ?? '.ramz')
  .option('--host <address>', 'address to listen on', process.env['RAMZ_HOST'] ?? '127.0.0.1')
  .option('--port <number>', 'port to listen on, 0 for any free one', process.env['RAMZ_PORT'] ?? '50551')
  .option('--json', 'one JSON object a step instead of lines', false)
  .action(tour);

async function tour({ once, dataDir: data_dir, host, port, json }: TourFlags): Promise<void> {
  let step = 0;
  const tell = (line: string) => {
    step += 1;
    process.stdout.write(json ? `${JSON.stringify({ step, line })}\n` : `${String(step).padStart(2)}  ${line}\n`);
  };
  const end = await runTour({ data_dir, host, port: Number(port) }, tell);
  if (once) return await end.daemon.stop();
  stayUp(end);
}

function stayUp({ daemon, token }: TourEnd): void {
  const { data_dir, host, port } = daemon.daemon;
  const pki = `${relative('.', data_dir) || '.'}/pki`;
  const where = `--data-dir ${data_dir} --host ${host} --port ${port}`;
  process.stdout.write(`
It stays up. Press Enter to press the token's button, Ctrl-C to stop. In another terminal:

  npx ramz status ${where}
  npx ramz verify ${where} --card ${TOUR_CARD} --code <what the token shows>
  grpcurl -cacert ${pki}/ca.crt -cert ${pki}/internet-bank.crt -key ${pki}/internet-bank.key \\
    -d '{"request_id":"try-1","card_number":"${TOUR_CARD}","purpose":"PURPOSE_SECOND_PIN","code":"<code>"}' \\
    ${host}:${port} ramz.hsm.v1.VerificationService/Verify

`);
  process.stdin.on('data', () => {
    token.catchUp();
    token.press().then((code) => process.stdout.write(`the token shows ${code}\n`), stopWith);
  });
  const stop = () => {
    process.stdout.write('stopping\n');
    daemon.stop().then(() => process.exit(0), stopWith);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function stopWith(error: unknown): void {
  process.stderr.write(`ramz: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

program.parseAsync().catch(stopWith);
