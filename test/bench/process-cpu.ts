import { readdirSync, readFileSync } from 'node:fs';

/**
 * Returns the CPU time of a process so far, user and system of all threads, in milliseconds. Reads
 * the scheduler's clock in nanoseconds (`/proc/<pid>/task/<tid>/schedstat`): the ticks of `stat`
 * are 10 ms, as long as a short round. Needs Linux.
 */
export function cpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce((sum, tid) => sum + runTimeNs(`/proc/${pid}/task/${tid}/schedstat`), 0) / 1e6;
}

/**
 * Returns 0 for a thread that has just ended: the runtime's own threads live as long as it does.
 */
function runTimeNs(path: string): number {
  try {
    return Number(readFileSync(path, 'latin1').split(' ', 1)[0]);
  } catch {
    return 0;
  }
}
