// Runs in the guest: prints key presses of the newest keyboard until none has arrived for a while.
import { closeSync, constants, openSync, readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';

const EVENT_BYTES = 24;
const EV_KEY = 1;
const QUIET_MS = 1_200;
const PATIENCE_MS = 15_000;

function keyboard() {
  const names = readdirSync('/sys/class/input').filter((name) => name.startsWith('event'));
  const keyboards = names.filter((name) =>
    /token|emulator/i.test(readFileSync(`/sys/class/input/${name}/device/name`, 'utf8')),
  );
  return keyboards.toSorted((a, b) => Number(a.slice(5)) - Number(b.slice(5))).at(-1);
}

let name = keyboard();
for (let i = 0; name === undefined && i < 100; i++) {
  await new Promise((later) => setTimeout(later, 50));
  name = keyboard();
}
closeSync(openSync(`/dev/input/${name}`, 'r'));
const file = await open(`/dev/input/${name}`, constants.O_RDONLY | constants.O_NONBLOCK);
console.log(`ready ${name}`);
const began_ms = Date.now();
let last_ms = 0;
const buffer = Buffer.alloc(EVENT_BYTES * 64);
while (Date.now() - began_ms < PATIENCE_MS && (last_ms === 0 || Date.now() - last_ms < QUIET_MS)) {
  const bytes = await file.read(buffer, 0, buffer.length).then(
    ({ bytesRead }) => bytesRead,
    () => 0,
  );
  for (let at = 0; at + EVENT_BYTES <= bytes; at += EVENT_BYTES) {
    if (buffer.readUInt16LE(at + 16) !== EV_KEY || buffer.readInt32LE(at + 20) !== 1) continue;
    console.log(`key ${buffer.readUInt16LE(at + 18)}`);
    last_ms = Date.now();
  }
  if (bytes === 0) await new Promise((later) => setTimeout(later, 10));
}
console.log('done');
process.exit(0);
