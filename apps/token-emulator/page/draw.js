// Draws the page's pictures: the glass and the plots.
import { day, moment, onAxis, time } from './numbers.js';

const SEGMENTS = {
  a: [4, 2, 14, 4],
  b: [17, 4, 4, 16],
  c: [17, 23, 4, 16],
  d: [4, 37, 14, 4],
  e: [1, 23, 4, 16],
  f: [1, 4, 4, 16],
  g: [4, 19, 14, 4],
};

function svg(name, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** Draws the glass as it looks, segment by segment. */
export function drawGlass(glass, { digits, bars, low_battery }, label) {
  const width = 24 + digits.length * 34 - 8;
  const parts = digits.flatMap((digit, place) =>
    digit.map(({ segment, darkness }) => {
      const [x, y, w, h] = SEGMENTS[segment];
      return svg('rect', {
        x: 12 + place * 34 + x,
        y: 6 + y,
        width: w,
        height: h,
        rx: 1.5,
        fill: '#1a201a',
        'fill-opacity': Math.max(0.04, darkness),
      });
    }),
  );
  for (let bar = 0; bar < bars; bar += 1)
    parts.push(svg('rect', { x: 12 + bar * 14, y: 54, width: 11, height: 4, fill: '#1a201a', 'fill-opacity': 0.85 }));
  if (low_battery) {
    parts.push(svg('rect', { x: width - 34, y: 52, width: 18, height: 8, fill: 'none', stroke: '#1a201a' }));
    parts.push(svg('rect', { x: width - 16, y: 54, width: 3, height: 4, fill: '#1a201a' }));
    parts.push(svg('rect', { x: width - 32, y: 54, width: 4, height: 4, fill: '#1a201a' }));
  }
  glass.setAttribute('viewBox', `0 0 ${width} 64`);
  glass.setAttribute('aria-label', label);
  glass.replaceChildren(...parts);
}

/**
 * Draws a line over time with its unit and, if given, dots of a second quantity with its own.
 * Without two samples it says so.
 */
export function drawPlot(plot, samples, line, dots, empty) {
  const [W, H, LEFT, RIGHT, BOTTOM] = [plot.clientWidth || 800, 160, 76, dots === undefined ? 12 : 48, 20];
  plot.setAttribute('viewBox', `0 0 ${W} ${H}`);
  if (samples.length < 2) {
    const note = svg('text', { x: W / 2, y: H / 2, 'text-anchor': 'middle', fill: '#5c6862', 'font-size': 13 });
    note.textContent = empty;
    return plot.replaceChildren(note);
  }
  const scale = scaleOf(samples.map(line.of));
  const [from, until] = [samples[0].at_ms, samples.at(-1).at_ms];
  const x = (sample) => LEFT + ((sample.at_ms - from) / (until - from || 1)) * (W - LEFT - RIGHT);
  const y = (value, { low, high }) => H - BOTTOM - ((value - low) / (high - low)) * (H - BOTTOM - 16);
  const text = (at, content, anchor = 'end', fill = '#5c6862') => {
    const made = svg('text', { ...at, 'text-anchor': anchor, fill });
    made.textContent = content;
    return made;
  };
  const parts = [scale.low, (scale.low + scale.high) / 2, scale.high].flatMap((value) => {
    const height = y(value, scale);
    const at = { x: LEFT - 6, y: height + 3 };
    return [
      svg('line', { x1: LEFT, x2: W - RIGHT, y1: height, y2: height, stroke: '#e2e6df' }),
      text(at, `${onAxis(value)} ${line.unit}`),
    ];
  });
  for (const [sample, anchor] of [
    [samples[0], 'start'],
    [samples.at(-1), 'end'],
  ])
    parts.push(text({ x: x(sample), y: H - 4 }, short(sample.at_ms, from, until, anchor === 'end'), anchor));
  const points = samples.map((sample) => `${x(sample).toFixed(1)},${y(line.of(sample), scale).toFixed(1)}`).join(' ');
  parts.push(svg('polyline', { points, fill: 'none', stroke: '#0d6b57', 'stroke-width': 2 }));
  if (dots !== undefined) {
    const volts = { low: 0, high: 3.5 };
    for (const value of [0, 1.75, 3.5])
      parts.push(text({ x: W - 4, y: y(value, volts) + 3 }, `${onAxis(value)} ${dots.unit}`, 'end', '#a8321f'));
    for (const sample of samples.filter((_, i) => i % Math.ceil(samples.length / 120) === 0))
      parts.push(svg('circle', { cx: x(sample), cy: y(dots.of(sample), volts), r: 1.6, fill: '#a8321f' }));
  }
  plot.replaceChildren(...parts);
}

/** A clock changes by less than this in a step of history, or it was set. */
const JUMP_S = 60;

/**
 * Returns the samples with power since a clock was last set or reset: before and after that, the
 * same axis shows nothing, nor does it of a clock that stands for years.
 */
export function sinceLastSet(all) {
  const samples = all.filter(({ is_powered }) => is_powered);
  const begin = samples.findLastIndex((sample, i) => {
    const before = samples[i - 1];
    if (before === undefined) return false;
    // Without power a clock stands: it falls back by as much as passes.
    const passedSeconds = (sample.at_ms - before.at_ms) / 1_000;
    return Math.abs(sample.ahead_s - before.ahead_s) > passedSeconds + JUMP_S;
  });
  return begin < 0 ? { samples, isSet: false } : { samples: samples.slice(begin), isSet: true };
}

/** Returns the ends of an axis. A line that does not move lies in its middle. */
function scaleOf(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // The axis has four digits: below that it would say the same three times.
  const least = Math.max(1, Math.abs(high) * 0.01);
  if (high - low >= least) return { low, high };
  const middle = (low + high) / 2;
  return { low: middle - least / 2, high: middle + least / 2 };
}

/** A moment beside an axis: of a long span the day is enough, and a day is said once. */
function short(at_ms, from_ms, until_ms, isEnd) {
  const iso = new Date(at_ms).toISOString();
  if (until_ms - from_ms > 2 * 86_400_000) return day(iso);
  const isSameDay = new Date(from_ms).toISOString().slice(0, 10) === iso.slice(0, 10);
  return isEnd && isSameDay ? time(iso) : moment(iso);
}
