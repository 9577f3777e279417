// How a channel of a bank asks for a verdict: one request id for each try, and the same id again
// when the answer is lost. node docs/examples/verify-a-code.ts CARD CODE [REQUEST-ID]
import { randomUUID } from 'node:crypto';
import { CallRefused, RamzClient } from '@ramz/client';

const [cardNumber = '', code = '', requestId = randomUUID()] = process.argv.slice(2);
const RETRIES_MAX = 5;
const RETRY_AFTER_MS = 500;

const client = new RamzClient({
  host: process.env['RAMZ_HOST'] ?? '127.0.0.1',
  port: Number(process.env['RAMZ_PORT'] ?? 50551),
  dataDir: process.env['RAMZ_DATA_DIR'] ?? '.ramz',
  // Its certificate: pki/internet-bank.crt and .key in the data directory.
  caller: 'internet-bank',
});

try {
  const { verdict, repeated } = await askUntilAnswered();
  console.log(`${verdict}${repeated ? ' (repeated)' : ''} for request ${requestId}`);
  process.exitCode = verdict === 'VERDICT_ACCEPTED' ? 0 : 1;
} finally {
  client.close();
}

/**
 * A lost answer does not say whether the code was used. The same request id returns the same
 * verdict.
 */
async function askUntilAnswered() {
  for (let retry = 0; ; retry += 1) {
    try {
      return await client.verify({ requestId, cardNumber, purpose: 'PURPOSE_SECOND_PIN', code });
    } catch (error) {
      const isTemporary = error instanceof CallRefused && ['UNAVAILABLE', 'RESOURCE_EXHAUSTED'].includes(error.code);
      if (!isTemporary || retry === RETRIES_MAX) throw error;
      await new Promise((done) => setTimeout(done, RETRY_AFTER_MS));
    }
  }
}
