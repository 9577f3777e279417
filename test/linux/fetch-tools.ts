// Fetches what the kernel tests run on from Debian at run time, outside the repository: a kernel,
// QEMU, and the vendors' own tools.
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
const TOOLS = [
  'usbip',
  'yubikey-personalization',
  'yubikey-manager',
  'nitrocli',
  'libhidapi-hidraw0',
  'libusb-1.0-0',
  'libpam-yubico',
  'libpam-oath',
  'pamtester',
  // nitrocli clears PINs from the agent before it changes them.
  'gpg-agent',
  'gpgconf',
  'python3-usb',
  'python3-yubico',
];
/** Dependencies to leave out: the guest has no init system and no smart cards. */
const NOT_NEEDED =
  /^(systemd|libsystemd|libnss-systemd|libpam-systemd|udev|libudev1|pcscd|libccid|linux-perf|linux-libc-dev|dbus|libapparmor)/;
const MODULES = ['usb/usbip', 'usb/core', 'usb/common', 'hid', 'net', 'virtio', 'input', 'block'];

export interface KernelTools {
  /** Uncompressed, since QEMU boots it 3 s faster. */
  readonly kernel: string;
  readonly modules: string;
  /** Root of a file system with the tools, to overlay on the host's. */
  readonly tools: string;
  readonly busybox: string;
}

/** Says what is missing on this machine, and the command that installs it. */
export class ToolsMissing extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ToolsMissing';
  }
}

/** @throws ToolsMissing */
export function fetchTools(progress: (text: string) => void): KernelTools {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new ToolsMissing('the kernel tests need Linux on x64');
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

/** Returns the package's name, which changes with each security update. */
function kernelPackage(): string {
  try {
    const [, name] = /Depends: (linux-image-\S+)/.exec(run('apt-cache', ['depends', 'linux-image-amd64'])) ?? [];
    if (name !== undefined) return name;
  } catch {
    // Reported below.
  }
  throw new ToolsMissing('no Debian kernel was found: run "apt-get update" on a Debian system');
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

/** Returns the tools, with their dependencies that this machine lacks. */
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
  // tar fails when a pattern matches nothing, which can happen with a later kernel.
  run('sh', [
    '-c',
    `cd '${modules}' && dpkg-deb --fsys-tarfile '${deb}' | tar -x --wildcards ${patterns} 2>/dev/null || true`,
  ]);
  const [image = ''] = readdirSync(join(modules, 'boot'));
  extractKernel(join(modules, 'boot', image), kernel);
}

/** Extracts the compressed kernel from its image (Documentation/arch/x86/boot.rst). */
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

/**
 * Moves /bin and the like into /usr: on a host where they are links, an overlaid folder would hide
 * them.
 */
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
