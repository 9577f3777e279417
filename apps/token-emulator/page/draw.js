// Draws the page's pictures: the glass and the plots.
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

/** Compact numbers, so that the large offset of a reset clock still fits beside the axis. */
const axis = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });

/** Draws a line over time and, if given, dots of a second quantity in volts. */
export function drawPlot(plot, samples, line, dots) {
  const [W, H, LEFT, BOTTOM] = [plot.clientWidth || 800, 144, 64, 18];
  plot.setAttribute('viewBox', `0 0 ${W} ${H}`);
  if (samples.length < 2) return plot.replaceChildren();
  const values = samples.map(line);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  const [from, until] = [samples[0].at_ms, samples.at(-1).at_ms];
  const x = (sample) => LEFT + ((sample.at_ms - from) / (until - from || 1)) * (W - LEFT - 8);
  const y = (value, min, range) => H - BOTTOM - ((value - min) / range) * (H - BOTTOM - 10);
  const parts = [0, 0.5, 1].flatMap((part) => {
    const value = low + span * part;
    const height = y(value, low, span);
    const text = svg('text', { x: LEFT - 6, y: height + 3, 'text-anchor': 'end', fill: '#5c6862' });
    text.textContent = axis.format(value);
    return [svg('line', { x1: LEFT, x2: W - 8, y1: height, y2: height, stroke: '#e2e6df' }), text];
  });
  for (const [sample, anchor] of [
    [samples[0], 'start'],
    [samples.at(-1), 'end'],
  ]) {
    const text = svg('text', { x: x(sample), y: H - 4, 'text-anchor': anchor, fill: '#5c6862' });
    text.textContent = new Date(sample.at_ms).toISOString().slice(0, 16).replace('T', ' ');
    parts.push(text);
  }
  const points = samples.map((sample) => `${x(sample).toFixed(1)},${y(line(sample), low, span).toFixed(1)}`).join(' ');
  parts.push(svg('polyline', { points, fill: 'none', stroke: '#0d6b57', 'stroke-width': 2 }));
  if (dots !== undefined) {
    for (const volts of [0, 3]) {
      const text = svg('text', { x: W - 10, y: y(volts, 0, 3.4) - 3, 'text-anchor': 'end', fill: '#a8321f' });
      text.textContent = `${volts} V`;
      parts.push(text);
    }
    for (const sample of samples.filter((_, i) => i % Math.ceil(samples.length / 120) === 0)) {
      parts.push(svg('circle', { cx: x(sample), cy: y(dots(sample), 0, 3.4), r: 1.6, fill: '#a8321f' }));
    }
  }
  plot.replaceChildren(...parts);
}
