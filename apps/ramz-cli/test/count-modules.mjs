// Preloaded into a program. At exit it writes the URLs of the loaded modules to file descriptor 3.
import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

const urls = [];
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) urls.push(url);
    return next(url, context);
  },
});
process.on('exit', () => writeSync(3, JSON.stringify(urls)));
