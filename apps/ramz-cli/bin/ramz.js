#!/usr/bin/env node
import { launch } from '../../hsm-daemon/bin/launch.js';

await launch('ramz', '../dist/main.js');
