// What the kernel tests run on, fetched from Debian when they run and kept out of the repository: a kernel, QEMU, and the
// vendors' own tools.
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/ramz-kernel/', import.meta.url));
const QEMU = 'qemu-system-x86_64';
const TOOLS = ['usbip', 'yubikey-personalization', 'yubikey-manager', 'nitrocli', 'libhidapi-hidraw0', 'libusb-1.0-0'];
/** Of what those drag along: a guest without an init system and without smart cards. */
const NOT_NEEDED =
  /^(systemd|libsystemd|libnss-systemd|libpam-systemd|udev|libudev1|pcscd|libccid|linux-perf|linux-libc-dev|dbus|libapparmor)/;
const MODULES = ['usb/usbip', 'usb/core', 'usb/common', 'hid', 'net', 'virtio', 'input', 'block'];

export interface KernelTools {
  /** Uncompressed: QEMU starts it 3 s sooner. */
  readonly kernel: string;
  readonly modules: string;
  /** Root of a file system with the tools, to lie over the host's. */
  readonly tools: string;
  readonly busybox: string;
}

/** What is missing on this machine, and the one command that helps. */
export class ToolsMissing extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ToolsMissing';
  }
}

/** @throws ToolsMissing */
export function fetchTools(progress: (text: string) => void): KernelTools {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new ToolsMissing('the kernel tests want Linux on x64');
  mustHaveQemu(progress);
  const packageName = kernelPackage();
  const folder = join(CACHE, packageName);
  const paths = {
    kernel: join(folder, 'vmlinux'),
    modules: join(folder, 'modules'),
    tools: join(folder, 'tools'),
    busybox: join(folder, 'tools/usr/bin/busybox'),
  };
  if (!existsSync(join(folder, 'complete'))) {
    progress(`fetching ${packageName} and the vendors' tools from Debian (72 MB, once) ...`);
    rmSync(folder, { recursive: true, force: true });
    unpackAll(folder, packageName, paths);
    writeFileSync(join(folder, 'complete'), '');
  }
  return paths;
}

function mustHaveQemu(progress: (text: string) => void): void {
  if (run('sh', ['-c', `command -v ${QEMU} || true`]).trim() !== '') return;
  const command = 'apt-get install -y --no-install-recommends qemu-system-x86';
  if (process.getuid?.() !== 0) throw new ToolsMissing(`QEMU is missing: run "sudo ${command}"`);
  progress('installing QEMU ...');
  try {
    run('sh', ['-c', `apt-get update -q && ${command}`]);
  } catch (error) {
    throw new ToolsMissing(`QEMU could not be installed; tried "${command}": ${String(error)}`);
  }
}

/** The name moves with each security update. */
function kernelPackage(): string {
  try {
    const [, name] = /Depends: (linux-image-\S+)/.exec(run('apt-cache', ['depends', 'linux-image-amd64'])) ?? [];
    if (name !== undefined) return name;
  } catch {
    // Said below.
  }
  throw new ToolsMissing('no Debian kernel is known here: run "apt-get update" on a Debian system');
}

function unpackAll(folder: string, packageName: string, { kernel, modules, tools }: KernelTools): void {
  const debs = join(folder, 'debs');
  mkdirSync(debs, { recursive: true });
  mkdirSync(modules);
  mkdirSync(tools);
  run('sh', [
    '-c',
    `cd '${debs}' && apt-get download ${[packageName, 'busybox-static', ...packagesOfTools()].join(' ')}`,
  ]);
  for (const deb of readdirSync(debs)) {
    if (deb.startsWith('linux-image')) unpackKernel(join(debs, deb), kernel, modules);
    else run('dpkg', ['-x', join(debs, deb), tools]);
  }
  mergeUsr(tools);
  rmSync(debs, { recursive: true });
}

/** The tools and whatever of theirs this machine does not have. */
function packagesOfTools(): string[] {
  const plan = run('apt-get', ['install', '-s', '--no-install-recommends', '--reinstall', ...TOOLS]);
  const names = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);
  return [...new Set([...TOOLS, ...names])].filter((name) => !NOT_NEEDED.test(name));
}

function unpackKernel(deb: string, kernel: string, modules: string): void {
  const wanted = [
    './boot/vmlinuz*',
    ...MODULES.map((part) => `*/kernel/drivers/${part}/*`),
    '*/kernel/net/9p/*',
    '*/kernel/fs/9p/*',
  ];
  const more = [
    '*/kernel/fs/overlayfs/*',
    '*/kernel/fs/fscache/*',
    '*/kernel/fs/netfs/*',
    '*/kernel/net/core/*',
    '*/kernel/drivers/char/*',
  ];
  const patterns = [...wanted, ...more].map((pattern) => `'${pattern}'`).join(' ');
  // tar is not pleased when a pattern finds nothing, which a later kernel may bring.
  run('sh', [
    '-c',
    `cd '${modules}' && dpkg-deb --fsys-tarfile '${deb}' | tar -x --wildcards ${patterns} 2>/dev/null || true`,
  ]);
  const [image = ''] = readdirSync(join(modules, 'boot'));
  extractKernel(join(modules, 'boot', image), kernel);
}

/** Documentation/arch/x86/boot.rst: where the compressed kernel lies in its image. */
function extractKernel(image: string, to: string): void {
  const bytes = readFileSync(image);
  const codeAt = ((bytes[0x1f1] ?? 0) + 1) * 512;
  const at = codeAt + bytes.readUInt32LE(0x248);
  const payload = bytes.subarray(at, at + bytes.readUInt32LE(0x24c));
  const out = openSync(to, 'w');
  try {
    execFileSync('xz', ['-dc', '--single-stream'], { input: payload, stdio: ['pipe', out, 'ignore'] });
  } finally {
    closeSync(out);
  }
}

/** Over a host where /bin is a link into /usr, a folder /bin would hide it. */
function mergeUsr(root: string): void {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    const from = join(root, name);
    if (!existsSync(from)) continue;
    run('sh', ['-c', `mkdir -p '${root}/usr/${name}' && cp -a '${from}/.' '${root}/usr/${name}/'`]);
    renameSync(from, join(root, `.${name}-merged`));
  }
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64e6 });
}
