// npm run lock: restores the platform packages that npm omits from package-lock.json when its
// registry does not have them (a mirror for one platform, for example). Without those entries
// `npm ci` rejects the lock file everywhere. Plain JavaScript: it must run before anything is
// installed.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const OS = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win32: 'win32',
  aix: 'aix',
};
const CPU = {
  arm64: 'arm64',
  aarch64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  arm: 'arm',
  armv7: 'arm',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
};

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (path === '' || name in entry || isThere(path, name)) continue;
    const words = name.split(/[-/]/);
    const os = words.find((word) => word in OS);
    const cpu = words.find((word) => word in CPU);
    // Only packages that name a platform are omitted for this reason; others npm omits on purpose.
    if (os === undefined || !/^\d/.test(version)) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu && { cpu: [CPU[cpu]] }),
      ...(entry.dev && { dev: true }),
      license: entry.license,
      ...(/musl/.test(name) && { libc: ['musl'] }),
      optional: true,
      os: [OS[os]],
    };
    added += 1;
  }
}
// A registry without the file for another platform still knows its hash. No entry goes without one.
let hashed = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  if (!path.includes('node_modules/') || entry.link || entry.integrity) continue;
  entry.integrity = hashOf(path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), entry.version);
  hashed += 1;
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} platform packages restored in package-lock.json, ${hashed} hashes`);

function isThere(path, name) {
  return `node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages;
}

function hashOf(name, version) {
  const hash = execFileSync('npm', ['view', `${name}@${version}`, 'dist.integrity'], { encoding: 'utf8' }).trim();
  if (!hash.startsWith('sha512-')) throw new Error(`${name}@${version}: the registry has no SHA-512 hash of it`);
  return hash;
}
