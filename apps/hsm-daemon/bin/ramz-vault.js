#!/usr/bin/env node
import { launch } from './launch.js';

await launch('ramz-vault', '../dist/main-vault.js');
