import { NAME_CHARS_MAX } from '@ramz/custody';
import type {
  WireActivationMethod,
  WireAllocateCodeRequest,
  WirePrintedCode,
  WireRepeatTextRequest,
  WireRequestActivationRequest,
} from '@ramz/proto';
import type {
  BranchCodeCommand,
  PrintedCode,
  RepeatTextCommand,
  RequestActivationCommand,
} from '../../boundary/activation-commands.ts';
import type { Caller } from '../access/caller.ts';
import { MalformedRequest } from '../errors/front-errors.ts';
import { readMobileNumber } from '../fields/read-mobile.ts';
import { readName } from '../fields/read-value.ts';
import { readAsked } from '../life-cycle/act.mapper.ts';
import { readBranch } from '../life-cycle/permission.mapper.ts';
import { readHolders } from '../life-cycle/register.mapper.ts';

const METHODS: Readonly<Partial<Record<WireActivationMethod, RequestActivationCommand['method']>>> = {
  ACTIVATION_METHOD_APP: 'app',
  ACTIVATION_METHOD_SMS: 'sms',
};

/** @throws MalformedRequest */
export function readRequest(
  wire: WireRequestActivationRequest,
  caller: Caller,
  textZone: string,
): RequestActivationCommand {
  const method = METHODS[wire.method];
  if (method === undefined) throw new MalformedRequest('method', `must be ${Object.keys(METHODS).join(' or ')}`);
  return {
    kind: 'request-activation',
    ...readAsked(wire, caller),
    mobileNumber: readMobileNumber('mobile_number', wire.mobileNumber),
    method,
    zone: readZone(wire.zone),
    textZone,
  };
}

/** @throws MalformedRequest, AccessRefused */
export function readBranchCode(
  kind: BranchCodeCommand['kind'],
  wire: WireAllocateCodeRequest,
  caller: Caller,
): BranchCodeCommand {
  return {
    kind,
    ...readAsked(wire, caller),
    zone: readZone(wire.zone),
    branch: readBranch(wire.branch, caller),
    present: readHolders('present', wire.present),
  };
}

/** @throws MalformedRequest */
export function readRepeat(wire: WireRepeatTextRequest, caller: Caller, textZone: string): RepeatTextCommand {
  const mobileNumber = readMobileNumber('mobile_number', wire.mobileNumber);
  return { kind: 'repeat-text', ...readAsked(wire, caller), mobileNumber, textZone };
}

/** Empty for a code in clear; whether that is allowed, the vault says. */
function readZone(zone: string): string {
  return zone === '' ? '' : readName('zone', zone, NAME_CHARS_MAX);
}

export function writePrinted(code: PrintedCode | undefined): WirePrintedCode {
  if (code === undefined) return { digits: '', block: Buffer.alloc(0), untilMs: '0' };
  return { digits: code.digits, block: Buffer.from(code.block), untilMs: String(code.untilMs) };
}
