import { describe, expect, it, vi } from 'vitest';
import type { Logger } from '../telemetry/logger.ts';
import { ExpiryWatch } from './expiry-watch.ts';

const DAY_MS = 86_400_000;

describe('a certificate that will expire', () => {
  it('is logged once at 30, 7 and 1 days before, as an error once expired, and is a metric', () => {
    let nowMs = 0;
    const lines: string[] = [];
    const say = (_: object, line: string) => lines.push(line);
    const metrics = {
      certificateExpires: vi.fn<(name: string, notAfterMs: number) => void>(),
      certificateGone: vi.fn<(name: string) => void>(),
    };
    const watch = new ExpiryWatch({ warn: say, error: say } as unknown as Logger, metrics, () => nowMs);
    watch.watch({ name: 'server.crt', notAfterMs: 100 * DAY_MS });
    expect(lines).toEqual([]);
    expect(metrics.certificateExpires).toHaveBeenCalledWith('server.crt', 100 * DAY_MS);
    for (let day = 1; day <= 102; day++) {
      nowMs = day * DAY_MS;
      watch.lookAtAll();
    }
    expect(lines).toEqual([
      'server.crt expires in less than 30 days: renew it',
      'server.crt expires in less than 7 days: renew it',
      'server.crt expires in less than 1 day: renew it',
      'server.crt has expired: renew it',
    ]);
    watch.watchFiles([{ name: 'bank.crl', notAfterMs: nowMs + 2 * DAY_MS }]);
    watch.watchFiles([]);
    expect(metrics.certificateGone).toHaveBeenCalledWith('bank.crl');
    expect(lines).toHaveLength(4);
    // Renewed: the next expiry is reported again.
    watch.watch({ name: 'server.crt', notAfterMs: nowMs + 20 * DAY_MS });
    expect(lines.at(-1)).toBe('server.crt expires in less than 30 days: renew it');
  });
});
