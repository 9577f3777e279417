import { DEVICE_EVENT_KINDS, type DeviceEventKind } from '../device/device-event.ts';
import type { EventFilter } from './event-log.ts';
import { LabRefused } from './lab-refused.ts';

/**
 * Reads `?after=`, `?token=` and `?kind=`.
 * @throws LabRefused for something that is not a number or a kind
 */
export function filterOf(query: URLSearchParams): EventFilter {
  const [after, token, kind] = [query.get('after'), query.get('token'), query.get('kind')];
  return {
    ...(after !== null && { after: asNumber(after, 'after') }),
    ...(token !== null && { token }),
    ...(kind !== null && { kind: asKind(kind) }),
  };
}

/** @throws LabRefused */
export function asNumber(text: string, name: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new LabRefused(`${name} is ${JSON.stringify(text)}: it takes a whole number from 0 on`);
}

/** @throws LabRefused */
export function asKind(text: string): DeviceEventKind {
  const found = DEVICE_EVENT_KINDS.find((kind) => kind === text);
  if (found !== undefined) return found;
  throw new LabRefused(`there is no kind of event ${text}: there are ${DEVICE_EVENT_KINDS.join(', ')}`);
}
