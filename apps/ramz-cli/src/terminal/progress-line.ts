/** Reports the progress of a long task. */
export type Progress = (done: number, of: number) => void;

const EVERY_MS = 500;

/** Returns a reporter that writes to the terminal only; it is silent for programs. */
export function progressLine(json: boolean, unit: string): Progress {
  if (json || !process.stderr.isTTY) return () => {};
  const startedMs = Date.now();
  let toldMs = startedMs;
  return (done, of) => {
    const nowMs = Date.now();
    if (nowMs - toldMs < EVERY_MS && done < of) return;
    toldMs = nowMs;
    process.stderr.write(`\r${Math.floor((done / Math.max(of, 1)) * 100)} % of ${of} ${unit}${done < of ? '' : '\n'}`);
  };
}
