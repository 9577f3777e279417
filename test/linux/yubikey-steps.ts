// The vendor's own tools, and others' programs, on an emulated YubiKey.
import type { LabToken } from '@ramz/token-emulator';
import type { Bench } from './bench.ts';
import { expectIn, step } from './steps.ts';

/** FIPS 198, example A.2, as in the manual page of ykchalresp. */
const NIST_KEY = '303132333435363738393a3b3c3d3e3f40414243';
const NIST_MAC = '0922d3405faa3d194f82a45830737d5cc6c75d24';
/** RFC 4226, appendix D: the key in hexadecimal, and its first codes. */
const RFC_KEY = '3132333435363738393031323334353637383930';
const RFC_CODES = ['755224', '287082', '359152'];
const HOLD_MS = 3_000;
/** The last byte of a feature report, and its bit of a key that waits for a touch. */
const STATUS_FLAGS = 7;
const WAITS = 0x20;
const [TRIES_MAX, TRY_MS] = [400, 50];

export async function yubikeySteps(bench: Bench, token: LabToken): Promise<void> {
  await bench.attach(token.name);
  await step('yubikey: ykinfo reads version, serial and slots', async () => {
    const info = await bench.run('ykinfo -a');
    for (const line of ['version: 2.4.3', /serial: 99\d{6}/, 'slot1_status: 0', 'slot2_status: 0'])
      expectIn(info, line);
  });
  await step('yubikey: ykpersonalize programs HMAC, ykchalresp answers as FIPS 198 A.2', async () => {
    expectIn(await bench.run(`ykpersonalize -2 -ochal-resp -ochal-hmac -ohmac-lt64 -a${NIST_KEY} -y`), /Commit|comm/i);
    expectIn(await bench.run("ykchalresp -2 'Sample #2'"), NIST_MAC);
  });
  await step('yubikey: ykinfo sees the slot', async () => expectIn(await bench.run('ykinfo -2'), 'slot2_status: 1'));
  await step('yubikey: a slot under an access code is changed with it and not without', async () => {
    expectIn(
      await bench.run(
        'ykpersonalize -1 -oaccess=112233445566 -ofixed=cccccccccccb -a00112233445566778899aabbccddeeff -y',
      ),
      /Commit/i,
    );
    const without = await bench.run('ykpersonalize -1 -z -y');
    if (without.code === 0 && !/fail|error|not/i.test(without.output))
      throw new Error(`it was deleted without its code:\n${without.output}`);
    expectIn(await bench.run('ykpersonalize -1 -z -c112233445566 -y'), /delet|Commit|zap/i);
  });
  await step('yubikey: a button types RFC 4226 codes and Enter', async () => {
    expectIn(await bench.run(`ykpersonalize -1 -ooath-hotp -ooath-imf=0 -oappend-cr -a${RFC_KEY} -y`), /Commit/i);
    for (const code of RFC_CODES) {
      const typed = await bench.keysWhile(() => bench.touch(token));
      if (typed !== `${code}\n`) throw new Error(`${code} and Enter were wanted: ${JSON.stringify(typed)}`);
    }
  });
  await step('yubikey: a challenge that needs a touch waits for it', async () => {
    expectIn(
      await bench.run(`ykpersonalize -2 -ochal-resp -ochal-hmac -ohmac-lt64 -ochal-btn-trig -a${NIST_KEY} -y`),
      /Commit/i,
    );
    expectIn(await bench.run("ykchalresp -2 -N 'Sample #2'"), /block/, 1);
    const answered = bench.run("ykchalresp -2 'Sample #2'");
    await untilItBlinks(token);
    bench.touch(token);
    expectIn(await answered, NIST_MAC);
  });
  await step('yubikey: ykman lists, swaps and calculates over hidraw', async () => {
    await bench.run('for i in $(seq 100); do ls /dev/hidraw* >/dev/null 2>&1 && break; sleep 0.05; done');
    expectIn(await bench.run('ykman list'), /YubiKey/);
    expectIn(await bench.run('ykman otp info'), /Slot 1: programmed[\s\S]*Slot 2: programmed/);
    expectIn(await bench.run('ykman otp swap -f'), '');
    expectIn(await bench.run('ykinfo -1'), 'slot1_status: 1');
  });
  await step('yubikey: ykman deletes a slot', async () => {
    await bench.run('for i in $(seq 100); do ls /dev/hidraw* >/dev/null 2>&1 && break; sleep 0.05; done');
    expectIn(await bench.run('ykman otp delete -f 1'), /Deleting|delet/i);
    expectIn(await bench.run('ykinfo -1'), 'slot1_status: 0');
  });
  await ykmanWrites(bench, token);
  await ykpersonalizeWrites(bench, token);
  await otherPrograms(bench, token);
  await bench.detach();
}

async function typesWhenTouched(bench: Bench, token: LabToken, wanted: RegExp, heldMs = 100): Promise<void> {
  const typed = await bench.keysWhile(() => bench.touch(token, heldMs));
  if (!wanted.test(typed)) throw new Error(`${wanted} was wanted: ${JSON.stringify(typed)}`);
}

async function ykmanWrites(bench: Bench, token: LabToken): Promise<void> {
  const ykman = async (rest: string) => {
    await bench.untilBound();
    return bench.run(`ykman otp ${rest}`);
  };
  await step('ykman writes a challenge slot into an empty key', async () => {
    await ykman('delete -f 2');
    expectIn(await bench.run('ykinfo -2'), 'slot2_status: 0');
    expectIn(await ykman(`chalresp -f 2 ${NIST_KEY}`), '');
    expectIn(await bench.run("ykchalresp -2 'Sample #2'"), NIST_MAC);
  });
  await step('ykman writes a static password, and a touch types it', async () => {
    expectIn(await ykman('static -f 1 Ramz1398 --keyboard-layout US'), '');
    await typesWhenTouched(bench, token, /^<42>ramz1398\n$/);
  });
  await step('ykman writes an HOTP slot, and a touch types RFC 4226 codes', async () => {
    expectIn(await ykman('hotp -f 1 GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'), '');
    await typesWhenTouched(bench, token, /^755224\n$/);
  });
  await step('ykman writes a Yubico OTP slot, and a touch types 44 characters', async () => {
    const ids = '-P vvccccdddddd -p 010203040506 -k 000102030405060708090a0b0c0d0e0f';
    expectIn(await ykman(`yubiotp -f 1 ${ids}`), '');
    await typesWhenTouched(bench, token, /^vvccccdddddd[cbdefghijklnrtuv]{32}\n$/);
  });
  await step('ykman changes the settings of a slot, and swaps', async () => {
    expectIn(await ykman('settings -f 1 --no-enter'), '');
    await typesWhenTouched(bench, token, /^vvccccdddddd[cbdefghijklnrtuv]{32}$/);
    expectIn(await ykman('swap -f'), '');
    expectIn(await bench.run("ykchalresp -1 'Sample #2'"), NIST_MAC);
    expectIn(await ykman('swap -f'), '');
  });
}

async function ykpersonalizeWrites(bench: Bench, token: LabToken): Promise<void> {
  const write = async (rest: string) => {
    await bench.untilBound();
    expectIn(await bench.run(`ykpersonalize ${rest} -y`), /Commit/i);
  };
  await step('ykpersonalize writes the static ticket that is its default for slot 2', async () => {
    await write('-2 -a000102030405060708090a0b0c0d0e0f');
    await typesWhenTouched(bench, token, /^((<42>)?[0-7ijklnrtuv]){32}\n$/, HOLD_MS);
  });
  await step('ykman writes an OATH identity of letters and digits', async () => {
    await bench.untilBound();
    expectIn(await bench.run('ykman otp hotp -f -i cccc12345678 1 GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'), '');
    await typesWhenTouched(bench, token, /^cccc12345678755224\n$/);
  });
  await step('ykpersonalize writes tabs, pacing and the keypad', async () => {
    await write('-1 -ofixed=cccb -otab-first -oappend-tab1 -opacing-10ms -a000102030405060708090a0b0c0d0e0f');
    await typesWhenTouched(bench, token, /^\tcccb\t[cbdefghijklnrtuv]{32}\n?$/);
  });
  await step('ykpersonalize updates only a slot that allows it', async () => {
    await bench.untilBound();
    const refused = await bench.run('ykpersonalize -u -1 -o-append-cr -y');
    if (refused.code === 0 && !/fail|error|not/i.test(refused.output)) throw new Error(refused.output);
    await write(`-1 -ooath-hotp -ooath-imf=0 -oallow-update -oappend-cr -a${RFC_KEY}`);
    await write('-u -1 -o-append-cr -oallow-update');
    await typesWhenTouched(bench, token, /^755224$/);
  });
}

async function otherPrograms(bench: Bench, token: LabToken): Promise<void> {
  await step('pam_yubico lets a person in by the key, once it was enrolled', async () => {
    await bench.untilBound();
    expectIn(
      await bench.run(`ykpersonalize -2 -ochal-resp -ochal-hmac -ohmac-lt64 -oserial-api-visible -a${NIST_KEY} -y`),
      /Commit/i,
    );
    await bench.untilBound();
    expectIn(await bench.run('mkdir -p /run/yubico && ykpamcfg -2 -p /run/yubico'), /Stored initial challenge/);
    await bench.run(
      'echo "auth required pam_yubico.so mode=challenge-response chalresp_path=/run/yubico" > /etc/pam.d/ramz-key',
    );
    await bench.untilBound();
    expectIn(await bench.run('pamtester ramz-key root authenticate'), 'successfully authenticated');
  });
  await step('pam_oath lets a person in by the code that a touch types, once', async () => {
    await bench.untilBound();
    expectIn(
      await bench.run(`ykpersonalize -1 -ooath-hotp -ooath-imf=0 -oappend-cr -oserial-api-visible -a${RFC_KEY} -y`),
      /Commit/i,
    );
    await bench.run(
      `printf 'HOTP root - ${RFC_KEY}\\n' > /run/users.oath; chmod 600 /run/users.oath; echo "auth required pam_oath.so usersfile=/run/users.oath window=5 digits=6" > /etc/pam.d/ramz-oath`,
    );
    const code = (await bench.keysWhile(() => bench.touch(token))).trim();
    const asked = `echo ${code} | pamtester ramz-oath root authenticate`;
    expectIn(await bench.run(asked), 'successfully authenticated');
    expectIn(await bench.run(asked), /fail|error/i, 1);
  });
  await step('python-yubico reads version and serial, and is answered, through libusb', async () => {
    const program = [
      'import yubico',
      'key = yubico.find_yubikey()',
      'print(key.version(), key.serial())',
      "print(key.challenge_response(b'Sample #2', slot=2).hex())",
    ].join('; ');
    const said = await bench.run(`python3 -c "${program.replaceAll('"', '\\"')}"`);
    expectIn(said, /2\.4\.3 99\d{6}/);
    expectIn(said, NIST_MAC);
  });
}

/** Waits for a host's challenge to reach the key, which then waits for a touch; at most so long. */
async function untilItBlinks({ usb }: LabToken): Promise<void> {
  const [keyboard] = usb.personality.functions;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    if (((keyboard?.getFeature()[STATUS_FLAGS] ?? 0) & WAITS) !== 0) return;
    await new Promise((later) => setTimeout(later, TRY_MS));
  }
}
