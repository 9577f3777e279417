#!/usr/bin/env node
import { launch } from './launch.js';

await launch('ramz', '../dist/cli/main.js');
