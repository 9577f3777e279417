import { fastEngine } from '@ramz/otp-fast';
import { suiteOfTheCore } from './suite-of-the-core.ts';

await suiteOfTheCore(fastEngine);
