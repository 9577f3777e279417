// A daemon's store in its own process, for bench:store: reports when the database is open, begins
// on a message, and reports the verdicts per second it wrote.
import { once } from 'node:events';
import { chooseEngine } from '@ramz/otp-core/engine';
import { derivingEngine } from '@ramz/otp-fast/deriving';
import { readDatabaseAddress } from '../../apps/hsm-daemon/src/config/database-address.ts';
import { PostgresLedger } from '../../apps/hsm-daemon/src/vault/store/postgres/ledger.ts';
import { Sessions } from '../../apps/hsm-daemon/src/vault/store/postgres/sessions.ts';
import { hexId } from '../harness/ledger-entries.ts';
import { ledgerRate } from './store-load.ts';

chooseEngine(derivingEngine);
const [url = '', ...numbers] = process.argv.slice(2);
const [log = 0, first = 0, count = 0, seconds = 0, batch = 0] = numbers.map(Number);
const ledger = await PostgresLedger.open(new Sessions([readDatabaseAddress(url, 'test')], ''), hexId(log));
process.send?.('open');
await once(process, 'message');
process.send?.(await ledgerRate(ledger, { first, count }, seconds, batch));
await ledger.close();
process.disconnect();
