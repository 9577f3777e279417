// A Debian kernel in QEMU without KVM, on the host's files (read-only) overlaid with the tools. It
// takes commands over a TCP connection that it opens itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { FOLDER, newc, PROGRAM } from './cpio.ts';
import type { KernelTools } from './fetch-tools.ts';
import { inLoadOrder } from './kernel-modules.ts';

const MODULES = [
  'virtio_pci',
  '9pnet_virtio',
  '9p',
  'virtio_net',
  'overlay',
  'vhci_hcd',
  'usbhid',
  'hid_generic',
  'evdev',
  'uhid',
];
const FOLDERS = ['bin', 'proc', 'sys', 'dev', 'modules', 'host', 'tools', 'up', 'newroot'];
const BOOT_TIMEOUT_MS = 60_000;
const COMMAND_TIMEOUT_MS = 90_000;
/** The address at which the guest reaches the host's loopback. */
export const HOST_SEEN_BY_GUEST = '10.0.2.2';

const INIT = `#!/bin/busybox sh
B=/bin/busybox
$B mount -t proc proc /proc; $B mount -t sysfs sys /sys; $B mount -t devtmpfs dev /dev
while read -r module; do $B insmod /modules/$module || echo "no $module"; done < /modules/order
$B ip addr add 127.0.0.1/8 dev lo; $B ip link set lo up
$B ip addr add 10.0.2.15/24 dev eth0; $B ip link set eth0 up; $B ip route add default via 10.0.2.2
OPTIONS=trans=virtio,version=9p2000.L,msize=262144,ro,cache=loose
$B mount -t 9p -o $OPTIONS hostroot /host && $B mount -t 9p -o $OPTIONS tools /tools
$B mount -t tmpfs tmpfs /up && $B mkdir /up/upper /up/work
$B mount -t overlay -o lowerdir=/tools:/host,upperdir=/up/upper,workdir=/up/work overlay /newroot
for dir in proc sys dev; do $B mount --bind /$dir /newroot/$dir; done
# Not over /tmp: the project may lie there.
$B mount -t tmpfs tmpfs /newroot/run
$B cp /agent /newroot/run/agent
$B chroot /newroot /bin/bash /run/agent AGENT_PORT
$B poweroff -f
`;

const AGENT = `export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/run LC_ALL=C.UTF-8
exec 3<>/dev/tcp/${HOST_SEEN_BY_GUEST}/$1
echo ready >&3
while read -r line <&3; do
  printf %s "$line" | base64 -d > /run/command
  out=$(bash /run/command 2>&1 </dev/null | base64 -w0; exit \${PIPESTATUS[0]})
  echo "$? $out" >&3
done
`;

/** A command's exit code, and its output on both streams. */
export interface FinishedCommand {
  readonly code: number;
  readonly output: string;
}

export class Guest {
  readonly #qemu: ChildProcess;
  readonly #folder: string;
  readonly #server: Server;
  readonly #agent: Socket;
  #heard = '';
  #answered: ((line: string) => void) | undefined;

  private constructor(qemu: ChildProcess, folder: string, server: Server, agent: Socket) {
    this.#qemu = qemu;
    this.#folder = folder;
    this.#server = server;
    this.#agent = agent;
    agent.setEncoding('utf8');
    agent.on('data', (text: string) => this.#hear(text));
  }

  /**
   * Boots the guest and waits until it takes commands, about 5 s.
   * @throws Error with the console's output
   */
  static async boot(tools: KernelTools, processors: number): Promise<Guest> {
    const folder = mkdtempSync(join(tmpdir(), 'ramz-guest-'));
    const server = createServer();
    await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    writeFileSync(join(folder, 'initrd'), initrd(tools, port));
    const qemu = spawn('qemu-system-x86_64', qemuArguments(tools, join(folder, 'initrd'), processors), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let consoleSaid = '';
    for (const stream of [qemu.stdout, qemu.stderr]) stream.on('data', (text) => (consoleSaid += text));
    const connected = new Promise<Socket>((resolve, reject) => {
      server.once('connection', (socket) => socket.once('data', () => resolve(socket)));
      qemu.once('exit', () => reject(new Error(`QEMU ended: ${consoleSaid}`)));
      setTimeout(() => reject(new Error(`the guest did not come up: ${consoleSaid}`)), BOOT_TIMEOUT_MS).unref();
    });
    try {
      return new Guest(qemu, folder, server, await connected);
    } catch (error) {
      qemu.kill('SIGKILL');
      server.close();
      throw error;
    }
  }

  /**
   * Runs a line of bash in the guest, one at a time.
   * @throws Error on a timeout
   */
  async run(command: string): Promise<FinishedCommand> {
    const line = await new Promise<string>((resolve, reject) => {
      this.#answered = resolve;
      this.#agent.write(`${Buffer.from(command).toString('base64')}\n`);
      setTimeout(() => reject(new Error(`the guest did not answer: ${command}`)), COMMAND_TIMEOUT_MS).unref();
    });
    const [code = '', output = ''] = line.split(' ');
    return { code: Number(code), output: Buffer.from(output, 'base64').toString('utf8').trimEnd() };
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.#qemu.once('exit', done));
    this.#agent.destroy();
    this.#qemu.kill('SIGKILL');
    await ended;
    await new Promise((closed) => this.#server.close(closed));
    rmSync(this.#folder, { recursive: true });
  }

  #hear(text: string): void {
    this.#heard += text;
    const end = this.#heard.indexOf('\n');
    if (end < 0) return;
    const line = this.#heard.slice(0, end);
    this.#heard = this.#heard.slice(end + 1);
    this.#answered?.(line);
  }
}

function initrd({ modules, busybox }: KernelTools, port: number): Buffer {
  const order = inLoadOrder(modules, MODULES);
  const program = (name: string, text: string | Buffer) => ({ name, mode: PROGRAM, bytes: Buffer.from(text) });
  return newc([
    ...FOLDERS.map((name) => ({ name, mode: FOLDER, bytes: new Uint8Array() })),
    program('bin/busybox', readFileSync(busybox)),
    program('init', INIT.replace('AGENT_PORT', String(port))),
    program('agent', AGENT),
    program('modules/order', `${order.map((path) => basename(path)).join('\n')}\n`),
    ...order.map((path) => program(`modules/${basename(path)}`, readFileSync(path))),
  ]);
}

function qemuArguments({ kernel, tools }: KernelTools, initrdPath: string, processors: number): string[] {
  const share = (id: string, path: string, tag: string) => [
    '-fsdev',
    `local,security_model=none,readonly=on,multidevs=remap,id=${id},path=${path}`,
    '-device',
    `virtio-9p-pci,fsdev=${id},mount_tag=${tag}`,
  ];
  return [
    `-M q35 -cpu max -smp ${processors} -m 512 -accel tcg -nodefaults -no-user-config -display none -serial stdio -no-reboot`.split(
      ' ',
    ),
    ['-kernel', kernel, '-initrd', initrdPath, '-append', 'console=ttyS0 panic=-1 quiet'],
    ['-netdev', 'user,id=n0', '-device', 'virtio-net-pci,netdev=n0,romfile='],
    share('fs0', '/', 'hostroot'),
    share('fs1', tools, 'tools'),
  ].flat();
}
