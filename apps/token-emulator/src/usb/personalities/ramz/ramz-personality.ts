import type { Device } from '../../../device/device.ts';
import type { HidFunction, Personality } from '../../hid-function.ts';
import { InputQueue } from '../../input-queue.ts';
import { keyboardFunction, typeText } from '../../keyboard.ts';
import { RamzProtocol } from './ramz-protocol.ts';
import { PRODUCT_ID, REPORT_BYTES, REPORT_DESCRIPTOR, VENDOR_ID } from './report-descriptor.ts';

const RELEASE_BCD = 0x0010;

/** The vendor interface alone, or after a keyboard that types each code as it is shown. */
export type RamzInterfaces = 'vendor' | 'keyboard-and-vendor';

/** Returns the personality of a Ramz token. */
export function ramzPersonality(device: Device, interfaces: RamzInterfaces = 'vendor'): Personality {
  const usb = {
    vendorId: VENDOR_ID,
    productId: PRODUCT_ID,
    releaseBcd: RELEASE_BCD,
    manufacturer: 'Ramz laboratory',
    product: 'Ramz token (emulated)',
    serial: device.identity.serial,
  };
  const vendor = vendorFunction(device);
  if (interfaces === 'vendor') return { name: 'ramz', usb, functions: [vendor] };
  const keyboard = keyboardFunction();
  device.onCode = (code) => typeText(keyboard.inputs, code);
  return { name: 'ramz', usb, functions: [keyboard, vendor] };
}

function vendorFunction(device: Device): HidFunction {
  const protocol = new RamzProtocol(device);
  const inputs = new InputQueue();
  return {
    subclass: 0,
    protocol: 0,
    reportDescriptor: REPORT_DESCRIPTOR,
    inputBytes: REPORT_BYTES,
    outputBytes: REPORT_BYTES,
    hasOutputEndpoint: true,
    featureBytes: 0,
    inputs,
    getFeature: () => new Uint8Array(),
    setFeature: () => {},
    setOutput: async (report) => {
      const push = inputs.pushForThisHost();
      for (const answer of await protocol.take(report)) push(answer);
    },
  };
}
