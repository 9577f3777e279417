export const KERNELS: readonly string[];
export function kernelModule(name: string): Promise<string>;
export function buildKernels(): Promise<void>;
