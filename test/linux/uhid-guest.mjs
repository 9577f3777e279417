// Runs in the guest: a token on /dev/uhid from the built package, until it is killed.
import { instant, Laboratory, UhidDevice } from '../../apps/token-emulator/dist/index.js';

const laboratory = new Laboratory({ now: instant(Date.now()), seed: 1, allows_vendor_identity: false });
const { wire } = await laboratory.add({ profile: 'usb-token' });
await UhidDevice.create(wire);
console.log('made');
