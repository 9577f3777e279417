import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Laboratory, LabToken } from '@ramz/token-emulator';
import { TappedWire } from '../../apps/token-emulator/src/usb/tapped-wire.ts';
import { lineOf } from '../../apps/token-emulator/test/usb/traffic-text.ts';

/** Records a token's traffic in one run. */
export interface Recorder {
  readonly name: string;
  readonly wire: TappedWire;
  touch(heldMs: number): void;
  save(folder: string): void;
}

/** Makes a recorder. It saves nothing for our own personality, whose keys are random each time. */
export function recorderOf({ name, personality, wire, device }: LabToken, laboratory: Laboratory): Recorder {
  const beganMs = device.now;
  const number = laboratory.tokens.length - 1;
  const lines: string[] = [];
  const atMs = () => device.now - beganMs;
  return {
    name,
    wire: new TappedWire(wire, (transfer) => lines.push(lineOf(transfer, atMs()))),
    touch: (heldMs) => void lines.push(`${atMs()} touch ${heldMs}`),
    save: (folder) => {
      if (personality === 'ramz') return;
      const head = `# personality ${personality}, number ${number}, seed ${laboratory.seed}, began ${beganMs}`;
      const says = '# ms since then, transfer, data > outcome and data: from `npm run test:linux`';
      writeFileSync(join(folder, `${personality}.txt`), `${[says, head, ...lines].join('\n')}\n`);
    },
  };
}
