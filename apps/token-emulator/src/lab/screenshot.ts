import { crc32, deflateSync } from 'node:zlib';
import type { GlassView } from '../device/view-glass.ts';
import type { Segment } from '../physics/segments.ts';

const DIGIT_W = 26;
const GAP = 8;
const MARGIN = 12;
const HEIGHT = 64;
const BAR_Y = 54;
const INK = [26, 32, 26] as const;
const GROUND = [190, 202, 180] as const;

/** A segment as a rectangle in its digit's box: x, y, width, height. */
const SHAPES: Readonly<Record<Segment, readonly [number, number, number, number]>> = {
  a: [4, 2, 14, 4],
  b: [17, 4, 4, 16],
  c: [17, 23, 4, 16],
  d: [4, 37, 14, 4],
  e: [1, 23, 4, 16],
  f: [1, 4, 4, 16],
  g: [4, 19, 14, 4],
};

/** A rectangle of the picture and how dark it is. */
interface Patch {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly darkness: number;
}

function widthOf({ digits }: GlassView): number {
  return 2 * MARGIN + digits.length * (DIGIT_W + GAP) - GAP;
}

function patchesOf({ digits, bars, lowBattery }: GlassView): Patch[] {
  const patches = digits.flatMap((digit, place) =>
    digit.map(({ segment, darkness }) => {
      const [x, y, w, h] = SHAPES[segment];
      return { x: MARGIN + place * (DIGIT_W + GAP) + x, y: 6 + y, w, h, darkness };
    }),
  );
  for (let bar = 0; bar < bars; bar++) patches.push({ x: MARGIN + bar * 14, y: BAR_Y, w: 11, h: 4, darkness: 0.9 });
  if (lowBattery) patches.push({ x: MARGIN + 100, y: BAR_Y, w: 16, h: 5, darkness: 0.9 });
  return patches;
}

/** Returns an SVG of the glass as it looks, drawn from its segments. */
export function glassSvg(glass: GlassView): string {
  const rectangles = patchesOf(glass).map(
    ({ x, y, w, h, darkness }) =>
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="1.5" fill="rgb(${INK.join()})" fill-opacity="${Math.max(0.04, darkness).toFixed(3)}"/>`,
  );
  const width = widthOf(glass);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${glass.readAs.trim() || 'dark'}"><rect width="${width}" height="${HEIGHT}" rx="6" fill="rgb(${GROUND.join()})"/>${rectangles.join('')}</svg>`;
}

/** Returns the same as a PNG (W3C, Portable Network Graphics, third edition), 8-bit RGB. */
export function glassPng(glass: GlassView): Buffer {
  const width = widthOf(glass);
  const rows = Buffer.alloc((1 + width * 3) * HEIGHT);
  const paint = (x: number, y: number, darkness: number) => {
    const at = y * (1 + width * 3) + 1 + x * 3;
    for (let i = 0; i < 3; i++) rows[at + i] = Math.round((GROUND[i] ?? 0) * (1 - darkness) + (INK[i] ?? 0) * darkness);
  };
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < width; x++) paint(x, y, 0);
  for (const { x, y, w, h, darkness } of patchesOf(glass)) {
    for (let dy = 0; dy < h; dy++) for (let dx = 0; dx < w; dx++) paint(x + dx, y + dy, Math.max(0.04, darkness));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.set(body, 4);
  bytes.writeUInt32BE(crc32(body), 8 + data.length);
  return bytes;
}
