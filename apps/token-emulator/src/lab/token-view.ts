import type { Device } from '../device/device.ts';
import type { LabToken } from './laboratory.ts';

const DECIMALS = 1_000;

/** Both clocks, in every answer about a token. */
export function clocksOf({ now, device_time }: Device): object {
  return {
    lab_time: new Date(now).toISOString(),
    device_time: new Date(device_time).toISOString(),
    ahead_s: round((device_time - now) / 1_000),
  };
}

/** All that a laboratory can see of a token. */
export function viewOf({ name, personality, device }: LabToken): object {
  const { physical, glass, profile } = device;
  const { cell, used_mAh } = physical;
  return {
    name,
    serial: device.identity.serial,
    profile: profile.name,
    personality,
    clocks: clocksOf(device),
    state: device.state_name,
    is_powered: device.is_powered,
    enrolment_id: device.enrolment_id,
    counter: device.counter,
    pin_tries_left: device.pin_tries_left ?? null,
    glass: {
      text: glass.text,
      read_as: glass.read_as,
      misread_p: round(glass.misread_p),
      kind: glass.kind,
      bars: glass.bars,
      low_battery: glass.low_battery,
      battery_text: glass.battery_text,
      digits: glass.digits,
    },
    battery: {
      cell: profile.battery.cell,
      is_replaceable: profile.battery.replaceable,
      supply_V: round(device.supply_V),
      load_uA: round(device.load_uA),
      used_mAh: round(used_mAh),
      capacity_mAh: round(cell.capacity_mAh),
      left_share: round(1 - used_mAh / cell.capacity_mAh),
      heat_dose: round(physical.heat_dose),
    },
    clock: { error_ppm: round(device.clock_error_ppm) },
    temp_C: round(physical.temp_C),
    body: {
      is_usb_plugged: physical.is_usb_plugged,
      is_button_stuck: physical.is_button_stuck,
      is_broken: physical.is_broken,
      is_opened: physical.is_opened,
      dead_segments: physical.dead_segments,
      leak_uA: round(physical.leak_uA),
      presses: physical.presses,
      counter_writes: physical.counter_writes,
    },
    keypad: profile.keypad,
  };
}

function round(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
