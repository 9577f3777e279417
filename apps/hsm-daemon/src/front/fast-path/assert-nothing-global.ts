import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE, ModulesContainer } from '@nestjs/core';

const ENHANCERS = [APP_GUARD, APP_PIPE, APP_INTERCEPTOR];

/** The application context, as far as this looks into it. */
interface Context {
  get(token: typeof ModulesContainer): ModulesContainer;
}

/**
 * A global guard, pipe or interceptor covers every handler of the framework, and none of the calls that never reach it: it
 * would be believed to protect them. @throws Error that names what is global
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
