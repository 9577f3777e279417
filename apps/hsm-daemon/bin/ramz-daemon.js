#!/usr/bin/env -S node --max-semi-space-size=8
// Keeps the young generation small. With Node's default, a collection waits until it has thousands
// of calls to clear, and then stops the front for 10 ms (docs/explanation/capacity.md).
import { launch } from './launch.js';

await launch('ramz-daemon', '../dist/main.js');
