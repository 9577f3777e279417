// A USB/IP server with one token plugged in, and the hosts that attach it.
import { instant, Laboratory, type LabToken, UsbIpServer } from '@ramz/token-emulator';
import { UsbIpHost } from './usbip-host.ts';

export class UsbIpBench {
  readonly server: UsbIpServer;
  readonly token: LabToken;
  readonly busId: string;
  readonly #hosts: UsbIpHost[] = [];

  private constructor(server: UsbIpServer, token: LabToken) {
    this.server = server;
    this.token = token;
    this.busId = server.plug(token.wire);
  }

  static async lay(): Promise<UsbIpBench> {
    const laboratory = new Laboratory({ now: instant(Date.UTC(2026, 0, 1)), seed: 1, allowsVendorIdentity: true });
    const token = await laboratory.add({ profile: 'usb-token', interfaces: 'keyboard-and-vendor' });
    return new UsbIpBench(await UsbIpServer.listen(0), token);
  }

  host(): UsbIpHost {
    const made = new UsbIpHost(this.server.port);
    this.#hosts.push(made);
    return made;
  }

  /** @throws Error if the token is not there */
  async attached(): Promise<UsbIpHost> {
    const made = this.host();
    const status = await made.attach(this.busId);
    if (status !== 0) throw new Error(`the token was not attached: status ${status}`);
    return made;
  }

  async clear(): Promise<void> {
    for (const { socket } of this.#hosts.splice(0)) socket.destroy();
    await this.server.close();
  }
}
