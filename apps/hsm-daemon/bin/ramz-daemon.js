#!/usr/bin/env node
import { launch } from './launch.js';

await launch('ramz-daemon', '../dist/main.js');
