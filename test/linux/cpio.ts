// Writes an archive in "newc" format (the kernel's
// Documentation/driver-api/early-userspace/buffer-format.rst).

/** A file in the archive. Folders have no bytes and mode 0o040755. */
export interface ArchiveFile {
  readonly name: string;
  readonly mode: number;
  readonly bytes: Uint8Array;
}

export const FOLDER = 0o040755;
export const PROGRAM = 0o100755;

export function newc(files: readonly ArchiveFile[]): Buffer {
  const all = [...files, { name: 'TRAILER!!!', mode: 0, bytes: new Uint8Array() }];
  return Buffer.concat(all.map((file, i) => entry(file, i + 1)));
}

function entry({ name, mode, bytes }: ArchiveFile, inode: number): Buffer {
  const hex = (value: number) => value.toString(16).padStart(8, '0');
  // inode, mode, uid, gid, links, mtime, size, four device numbers, length of the name, checksum.
  const fields = [inode, mode, 0, 0, 1, 0, bytes.length, 0, 0, 0, 0, name.length + 1, 0];
  const head = Buffer.from(`070701${fields.map(hex).join('')}${name}\0`, 'latin1');
  return Buffer.concat([padded(head), padded(Buffer.from(bytes))]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
