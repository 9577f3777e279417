// Measures the cost of accepted codes in the processes of a target, for bench:verify.
import type { MethodDefinition } from '@grpc/proto-loader';
import type { Answered, Load, LoadResult } from './load.ts';
import { cpuMs } from './process-cpu.ts';

// The response: one verdict, several, or in a stream one inside a message.
export type Method = MethodDefinition<object, any>;

export interface Row extends LoadResult {
  readonly what: string;
  readonly codes_per_s: number;
  readonly front_us: number;
  readonly vault_us: number;
}

export interface Target {
  readonly what: string;
  readonly load: Load;
  readonly frontPid: number;
  readonly vaultPid: number | undefined;
}

export async function measure(
  target: Target,
  method: Method,
  requests: readonly Buffer[],
  codes: number,
  concurrent: number,
): Promise<Row> {
  const before = cpuOf(target);
  const way = method.requestStream ? 'streams' : 'closed';
  const { answers, ...result } = await target.load[way](method.path, requests, concurrent);
  const after = cpuOf(target);
  const accepted = acceptedIn(method, answers);
  if (accepted !== codes) throw new Error(`${target.what}: ${accepted} of ${codes} codes were accepted`);
  const us = (spentMs: number) => (spentMs * 1000) / codes;
  return {
    ...result,
    what: target.what,
    codes_per_s: (result.callsPerSecond * codes) / requests.length,
    front_us: us(after.front - before.front),
    vault_us: us(after.vault - before.vault),
  };
}

function acceptedIn(method: Method, answers: Answered['answers']): number {
  return answers.flatMap((answer) => verdictsIn(method, answer)).filter((verdict) => verdict === 'VERDICT_ACCEPTED')
    .length;
}

function verdictsIn(method: Method, answer: Buffer): string[] {
  const read = method.responseDeserialize(answer);
  if (method.requestStream) return [read.verdict.verdict];
  return (read.responses ?? [read]).map(({ verdict }: { verdict: string }) => verdict);
}

function cpuOf({ frontPid, vaultPid }: Target) {
  return { front: cpuMs(frontPid), vault: vaultPid === undefined ? 0 : cpuMs(vaultPid) };
}
