import { profilePath, readBankProfile } from '@ramz/bank-profile';
import { Metrics } from '../../apps/hsm-daemon/src/front/telemetry/metrics.ts';
import { code, makePage, type Page, table } from './page.ts';

export async function metricsPage(): Promise<Page> {
  const metrics = new Metrics('0.0.0', readBankProfile(profilePath('maskan')));
  // Metrics that have labels and no value yet are not in the text.
  metrics.certificateExpires('server', 0);
  metrics.vaultAnswered('verify', 0);
  const rows = readExposition(await metrics.text(undefined)).map(({ name, type, labels, help }) => [
    code(name),
    type,
    labels.map(code).join(', ') || '–',
    help,
  ]);
  return makePage(
    'metrics.md',
    'Metrics',
    'For operators: every metric that `--metrics-port` serves, with its labels. ' +
      'Which values need a person is in [monitor a daemon](../how-to/monitor-a-daemon.md).',
    '`apps/hsm-daemon/src/front/telemetry/metrics.ts`',
    [
      table(['metric', 'type', 'labels', 'meaning'], rows),
      'The metrics `process_*` and `nodejs_*` are of the front’s process, by the names of the Prometheus client library.',
    ],
  );
}

interface Metric {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly help: string;
}

/** Metrics of Ramz in a text of the Prometheus exposition format. */
function readExposition(text: string): Metric[] {
  return [...text.matchAll(/^# HELP (ramz_\w+) (.*)\n# TYPE \S+ (\w+)$/gm)].map(
    ([, name = '', help = '', type = '']) => {
      const sample = new RegExp(`^${name}(?:_bucket)?\\{([^}]*)\\}`, 'm').exec(text)?.[1] ?? '';
      const labels = [...sample.matchAll(/(\w+)="/g)].map(([, label = '']) => label);
      return { name, type, labels: labels.filter((label) => label !== 'le'), help };
    },
  );
}
