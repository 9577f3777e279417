import type { DeviceTimeMs, InstantMs } from '../time/instant.ts';

/** Something that happened to or in a token, with the time on both clocks. */
export interface DeviceEvent {
  readonly at: InstantMs;
  readonly device_time: DeviceTimeMs;
  readonly kind: DeviceEventKind;
  /** Text for people; contains no seed, key or PIN. */
  readonly detail: string;
}

export const DEVICE_EVENT_KINDS = [
  'pressed',
  'held',
  'key',
  'shown',
  'dark',
  'provisioned',
  'seed-refused',
  'power-lost',
  'power-returned',
  'torn-write',
  'worn-write',
  'forgotten',
  'expired',
  'tampered',
  'locked',
  'plugged',
  'unplugged',
  'dropped',
  'washed',
  'opened',
  'broken',
  'cell-replaced',
  'stuck',
  'released',
  'clock-set',
  'segment-died',
] as const;
export type DeviceEventKind = (typeof DEVICE_EVENT_KINDS)[number];
