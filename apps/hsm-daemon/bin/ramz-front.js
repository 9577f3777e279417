#!/usr/bin/env -S node --max-semi-space-size=8
// The young generation is kept small: with Node's default a collection waits until thousands of calls are to be cleared
// away, and stops the front for 10 ms (docs/operations.md).
import { launch } from './launch.js';

await launch('ramz-front', '../dist/main-front.js');
