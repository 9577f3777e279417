/**
 * @ramz/token-emulator: an emulated token, and the host's driver for tokens. This file is the
 * package's only entry point.
 */
export { Device } from './device/device.ts';
export type { DeviceEvent } from './device/device-event.ts';
export type { DeviceIdentity, DeviceOptions } from './device/device-options.ts';
export * as harm from './device/harm.ts';
export type { Key } from './firmware/token-event.ts';
export type { TokenParameters } from './firmware/token-state.ts';
export { type FoundToken, findTokens, NoHidDevice, TokenRefused } from './host/find-tokens.ts';
export { openNodeHid } from './host/open-node-hid.ts';
export { RamzToken } from './host/ramz-token.ts';
export { LabRefused } from './lab/lab-refused.ts';
export { Laboratory, type LaboratoryOptions, type LabToken, type NewToken } from './lab/laboratory.ts';
export { LAB_PARAMETERS, loadSeed } from './lab/load-seed.ts';
export { Pace } from './lab/pace.ts';
export { serveLab } from './lab/serve-lab.ts';
export { type DeviceProfile, withoutShelf } from './profile/device-profile.ts';
export { readDeviceProfile, shippedDeviceProfiles } from './profile/read-device-profile.ts';
export { runScenario, type ScenarioResult } from './scenario/run-scenario.ts';
export type { Scenario } from './scenario/scenario.ts';
export { readScenario, ScenarioError } from './scenario/scenario-file.ts';
export { shippedScenarios } from './scenario/shipped-scenarios.ts';
export type { LoginVerdict, Verifier } from './scenario/verifier.ts';
export {
  type DeviceTimeMs,
  type DurationMs,
  deviceTime,
  duration,
  type InstantMs,
  instant,
  later,
} from './time/instant.ts';
export type { HidTransport } from './transport/hid-transport.ts';
export { InProcessTransport } from './transport/in-process.ts';
export { NoUhid, UhidDevice } from './transport/uhid.ts';
export { UsbIpServer } from './transport/usbip/usbip-server.ts';
export { PERSONALITIES, type PersonalityName } from './usb/personalities/personality-names.ts';
export { type PluggableToken, pluggable } from './usb/personalities/plug-token.ts';
export type { TokenCondition, TokenInfo } from './usb/personalities/ramz/ramz-commands.ts';
export { REPORT_BYTES, REPORT_DESCRIPTOR } from './usb/personalities/ramz/report-descriptor.ts';
export { FaultyWire, type UsbFault } from './usb/usb-fault.ts';
