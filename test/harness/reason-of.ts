/**
 * Returns the reason of the OtpError or CustodyError that `work` throws. Rethrows any other error.
 */
export function reasonOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    const own = error instanceof Error && ['OtpError', 'CustodyError'].includes(error.name);
    if (own && 'reason' in error) return String(error.reason);
    throw error;
  }
  return 'nothing thrown';
}
