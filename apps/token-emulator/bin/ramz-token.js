#!/usr/bin/env node
import { launch } from './launch.js';

await launch('ramz-token', '../dist/cli/main.js');
