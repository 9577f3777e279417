/** Tells how far something long has come, on the terminal only: nothing for programs. */
export type Progress = (done: number, of: number) => void;

const EVERY_MS = 500;

export function progressLine(json: boolean, unit: string): Progress {
  if (json || !process.stderr.isTTY) return () => {};
  const started_ms = Date.now();
  let told_ms = started_ms;
  return (done, of) => {
    const now_ms = Date.now();
    if (now_ms - told_ms < EVERY_MS && done < of) return;
    told_ms = now_ms;
    process.stderr.write(`\r${Math.floor((done / Math.max(of, 1)) * 100)} % of ${of} ${unit}${done < of ? '' : '\n'}`);
  };
}
