import { commandsPage } from './commands-page.ts';
import { configurationPage } from './configuration-page.ts';
import { errorsPage } from './errors-page.ts';
import { exitCodesPage } from './exit-codes-page.ts';
import { lifeCyclePage } from './life-cycle-page.ts';
import { metricsPage } from './metrics-page.ts';
import type { Page } from './page.ts';
import { profilePage } from './profile-page.ts';
import { requirementsPage } from './requirements-page.ts';
import { rpcsPage } from './rpcs-page.ts';

export async function referencePages(): Promise<readonly Page[]> {
  return [
    rpcsPage(),
    errorsPage(),
    lifeCyclePage(),
    requirementsPage(),
    configurationPage(),
    profilePage(),
    await metricsPage(),
    await commandsPage(),
    await exitCodesPage(),
  ];
}
