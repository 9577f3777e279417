import type { Device } from '../device/device.ts';
import { CLIMATE_NAMES, CLIMATES } from '../physics/climate.ts';
import { isWithin } from '../physics/ranges.ts';
import type { LabToken } from './laboratory.ts';

const DECIMALS = 1_000;

/** Returns both clocks, which every answer about a token contains. */
export function clocksOf({ now, deviceTime }: Device): object {
  return {
    lab_time: new Date(now).toISOString(),
    device_time: new Date(deviceTime).toISOString(),
    ahead_s: round((deviceTime - now) / 1_000),
  };
}

/** Returns what makes one token different from another at a glance. */
export function glanceOf({ stateName, display, isPowered, physical, identity }: Device): object {
  const { usedMah, cell, isUsbPlugged } = physical;
  return {
    serial: identity.serial,
    state: stateName,
    text: display ?? '',
    is_powered: isPowered,
    is_usb_plugged: isUsbPlugged,
    left_share: round(1 - usedMah / cell.capacityMah),
  };
}

/** Returns everything that a laboratory can see of a token. */
export function viewOf({ name, personality, device }: LabToken): object {
  const { physical, glass, profile } = device;
  const { cell, usedMah } = physical;
  return {
    name,
    serial: device.identity.serial,
    profile: profile.name,
    personality,
    clocks: clocksOf(device),
    state: device.stateName,
    is_powered: device.isPowered,
    enrolment_id: device.enrolmentId,
    counter: device.counter,
    pin_tries_left: device.pinTriesLeft ?? null,
    glass: {
      text: glass.text,
      read_as: glass.readAs,
      misread_p: round(glass.misreadProbability),
      kind: glass.kind,
      bars: glass.bars,
      low_battery: glass.lowBattery,
      battery_text: glass.batteryText,
      digits: glass.digits,
    },
    battery: {
      cell: profile.battery.cell,
      is_replaceable: profile.battery.replaceable,
      supply_V: round(device.supplyVolts),
      // An empty cell gives nothing.
      load_uA: usedMah < cell.capacityMah ? round(device.loadMicroamps) : 0,
      used_mAh: round(usedMah),
      capacity_mAh: round(cell.capacityMah),
      left_share: round(1 - usedMah / cell.capacityMah),
      heat_dose: round(physical.heatDose),
    },
    clock: { error_ppm: round(device.clockErrorPpm) },
    temp_C: round(physical.tempCelsius),
    climate: CLIMATE_NAMES.find((one) => CLIMATES[one] === device.place) ?? null,
    is_within_operating_range: isWithin(profile.body.operating_C, physical.tempCelsius),
    body: {
      is_usb_plugged: physical.isUsbPlugged,
      is_button_stuck: physical.isButtonStuck,
      is_button_down: physical.buttonDownAt !== undefined,
      is_broken: physical.isBroken,
      is_opened: physical.isOpened,
      dead_segments: physical.deadSegments,
      leak_uA: round(physical.leakMicroamps),
      presses: physical.presses,
      counter_writes: physical.counterWrites,
    },
    keypad: profile.keypad,
  };
}

function round(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
