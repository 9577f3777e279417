// The files with texts that a person reads.
import { filesLike } from '../architecture/source-files.ts';

const EXTENSIONS = ['md', 'ts', 'js', 'mjs', 'proto', 'yaml', 'yml', 'sh', 'service'];
/** Generated; bytes; and the rules themselves, which have to name what they refuse. */
const NOT_PROSE = /\/gen\/|-bytes\.ts$|^test\/prose\/|^docs\/reference\/api\//;

export function isProse(file: string): boolean {
  return EXTENSIONS.some((one) => file.endsWith(`.${one}`)) && !NOT_PROSE.test(file);
}

export function proseFiles(): string[] {
  return EXTENSIONS.flatMap((one) => filesLike(`*.${one}`)).filter(isProse);
}
