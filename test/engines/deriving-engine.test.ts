import { derivingEngine } from '@ramz/otp-fast/deriving';
import { suiteOfTheCore } from './suite-of-the-core.ts';

await suiteOfTheCore({ ...derivingEngine, name: 'deriving' });
