/** WebAssembly as far as it is used: its types are the DOM's, which this library does without. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

/** What a kernel exports; undefined where WebAssembly or its vectors are missing, or a page's policy forbids it. */
export function instantiate(hex: string): unknown {
  const host = (globalThis as { WebAssembly?: WebAssemblyHost }).WebAssembly;
  const bytes = fromHex(hex);
  if (host === undefined || !host.validate(bytes)) return undefined;
  const module = compiled(host, bytes);
  return module === undefined ? undefined : new host.Instance(module).exports;
}

/** A valid module does not compile only where compiling is forbidden: by a policy without `wasm-unsafe-eval`. */
function compiled(host: WebAssemblyHost, bytes: Uint8Array): object | undefined {
  try {
    return new host.Module(bytes);
  } catch {
    return undefined;
  }
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}
