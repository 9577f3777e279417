import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE, ModulesContainer } from '@nestjs/core';

const ENHANCERS = [APP_GUARD, APP_PIPE, APP_INTERCEPTOR];

/** The part of the application context that is read here. */
interface Context {
  get(token: typeof ModulesContainer): ModulesContainer;
}

/**
 * Rejects global guards, pipes and interceptors. They cover every handler of the framework but no
 * call that bypasses it, and would seem to protect those too.
 * @throws Error that names what is global
 */
export function assertNothingGlobal(app: Context): void {
  for (const module of app.get(ModulesContainer).values()) {
    for (const token of module.providers.keys()) {
      const found = ENHANCERS.find((enhancer) => String(token).startsWith(enhancer));
      if (found === undefined) continue;
      throw new Error(
        `${module.name} provides ${found}: the fast path (front/fast-path/README.md) would miss it; put it on the RPCs that need it`,
      );
    }
  }
}
