// nitrocli, and libnitrokey below it, on an emulated Nitrokey.
import type { LabToken } from '@ramz/token-emulator';
import type { Bench } from './bench.ts';
import { expectIn, step } from './steps.ts';

/** RFC 4226, appendix D: the key in hexadecimal, and its first codes. */
const RFC_KEY = '3132333435363738393031323334353637383930';
const RFC_CODES = ['755224', '287082', '359152'];

export async function nitrokeySteps(bench: Bench, token: LabToken): Promise<void> {
  await bench.attach(token.name);
  const cli = (rest: string) =>
    bench.run(`NITROCLI_ADMIN_PIN=12345678 NITROCLI_USER_PIN=123456 NITROCLI_NO_CACHE=1 nitrocli ${rest}`);
  await step('nitrokey: nitrocli status', async () => {
    expectIn(await cli('status'), /firmware version:\s+v?0\.8/);
  });
  await step('nitrokey: an HOTP slot gives RFC 4226 codes', async () => {
    expectIn(await cli(`otp set 0 ramz ${RFC_KEY} --algorithm hotp --digits 6 --format hex`), '');
    for (const code of RFC_CODES) expectIn(await cli('otp get 0 --algorithm hotp'), code);
    expectIn(await cli('otp status'), 'ramz');
  });
  await step('nitrokey: a TOTP slot gives RFC 6238 codes', async () => {
    expectIn(await cli(`otp set 1 time ${RFC_KEY} --algorithm totp --digits 8 --time-window 30 --format hex`), '');
    expectIn(await cli('otp get 1 --algorithm totp --time 1111111109'), '07081804');
  });
  await step('nitrokey: a wrong admin PIN is refused and counted', async () => {
    expectIn(
      await bench.run('NITROCLI_ADMIN_PIN=00000000 NITROCLI_NO_CACHE=1 nitrocli otp clear 0 --algorithm hotp'),
      /password is wrong/i,
      1,
    );
    expectIn(await cli('status'), /admin retry count:\s+2/);
    expectIn(await cli('otp clear 0 --algorithm hotp'), '');
  });
  await step('nitrokey: a slot that is set again with another name keeps counting', async () => {
    expectIn(await cli(`otp set 2 first ${RFC_KEY} --algorithm hotp --digits 6 --format hex --counter 1`), '');
    expectIn(await cli('otp get 2 --algorithm hotp'), '287082');
    expectIn(await cli('otp get 2 --algorithm hotp'), '359152');
  });
  await step('nitrokey: nitrocli reads and writes the configuration', async () => {
    expectIn(await cli('config get'), /numlock binding:\s+not set/);
    expectIn(await cli('config set --numlock 0'), '');
    expectIn(await cli('config get'), /numlock binding:\s+0/);
  });
  // nitrocli clears remembered PINs from the agent first, and fails without one.
  await bench.run('mkdir -p -m 700 /run/.gnupg && gpg-agent --daemon >/dev/null 2>&1 </dev/null');
  // "pin unblock" asks a person at a terminal: that one is in test/usb/nitrokey.test.ts.
  await step('nitrokey: nitrocli changes the user PIN, and clears what it remembers', async () => {
    const change = (from: string, to: string) =>
      bench.run(`NITROCLI_NO_CACHE=1 NITROCLI_USER_PIN=${from} NITROCLI_NEW_USER_PIN=${to} nitrocli pin set user`);
    expectIn(await change('123456', '654321'), '');
    expectIn(await change('654321', '123456'), '');
    expectIn(await cli('pin clear'), '');
    expectIn(await cli('status'), /user retry count:\s+3/);
  });
  await step('nitrokey: nitrocli locks and resets', async () => {
    expectIn(await cli('lock'), '');
    expectIn(await cli('reset'), '');
    expectIn(await cli('otp get 2 --algorithm hotp'), /not programmed/i, 1);
  });
  await bench.detach();
}
