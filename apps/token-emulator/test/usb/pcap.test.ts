import { describe, expect, it } from 'vitest';
import { given } from '../../src/usb/bus-device.ts';
import { pcapHead, pcapRecords } from '../../src/usb/pcap.ts';
import { readSetup } from '../../src/usb/setup-packet.ts';

describe('pcap', () => {
  it('has the format of usbmon: a header, and two records per transfer with their lengths', () => {
    const head = pcapHead();
    expect([head.readUInt32LE(0), head.readUInt32LE(20)]).toEqual([0xa1b2c3d4, 220]);
    const setup = readSetup(Buffer.from('8006000100001200', 'hex'));
    const records = pcapRecords(
      { kind: 'control', setup, data: new Uint8Array(), outcome: given(new Uint8Array(18).fill(7)) },
      1_500,
      3,
      9,
    );
    expect(records.length).toBe(16 + 64 + 16 + 64 + 18);
    const [submitted, completed] = [records.subarray(16, 80), records.subarray(80 + 16)];
    expect(records.readUInt32LE(8)).toBe(64);
    expect([submitted.readUInt8(8), completed.readUInt8(8)]).toEqual([0x53, 0x43]);
    expect([submitted.readUInt8(9), submitted.readUInt8(10), submitted.readUInt8(11)]).toEqual([2, 0x80, 3]);
    expect(submitted.subarray(40, 48).toString('hex')).toBe('8006000100001200');
    expect([completed.readInt32LE(28), completed.readUInt32LE(36), completed[64]]).toEqual([0, 18, 7]);
  });
});
