import { readFileSync } from 'node:fs';

// proc(5): fields 14 and 15 of stat, in ticks of 10 ms on every Linux that Node runs on.
const TICK_MS = 10;

/** User and system time of a process so far, all its threads, in milliseconds. Needs Linux. */
export function cpu_ms(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
