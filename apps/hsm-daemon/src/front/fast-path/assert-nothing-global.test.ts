import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, NestFactory } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { assertNothingGlobal } from './assert-nothing-global.ts';

/** A guard, a pipe, an interceptor and a filter that do nothing. */
const harmless = {
  canActivate: () => true,
  transform: (value: unknown) => value,
  intercept: (_context: unknown, next: { handle(): unknown }) => next.handle(),
  catch: () => undefined,
};

/** Returns a module that provides `token` for the whole application. */
function moduleWith(token: string) {
  class Planted {}
  Module({ providers: [{ provide: token, useValue: harmless }] })(Planted);
  return Planted;
}

describe('the check for global enhancers', () => {
  it.each([APP_GUARD, APP_PIPE, APP_INTERCEPTOR])('refuses to start with %s, and says what to do', async (token) => {
    const app = await NestFactory.createApplicationContext(moduleWith(token), { logger: false, abortOnError: false });
    expect(() => assertNothingGlobal(app)).toThrow(`Planted provides ${token}: the fast path`);
    await app.close();
  });

  it('accepts the one exception filter', async () => {
    const app = await NestFactory.createApplicationContext(moduleWith(APP_FILTER), {
      logger: false,
      abortOnError: false,
    });
    expect(() => assertNothingGlobal(app)).not.toThrow();
    await app.close();
  });
});
