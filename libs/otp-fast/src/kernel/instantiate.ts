/**
 * The part of WebAssembly used here. Its official types are the DOM's, which this library omits.
 */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

/**
 * Returns a kernel's exports, or undefined where WebAssembly or its vectors are missing or a page's
 * policy forbids it.
 */
export function instantiate(hex: string): unknown {
  const host = (globalThis as { WebAssembly?: WebAssemblyHost }).WebAssembly;
  const bytes = fromHex(hex);
  if (host === undefined || !host.validate(bytes)) return undefined;
  const module = compiled(host, bytes);
  return module === undefined ? undefined : new host.Instance(module).exports;
}

/** Compiles a valid module. Fails only under a policy without `wasm-unsafe-eval`. */
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
