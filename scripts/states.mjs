import { checkStates, STATE_COLUMNS } from './lib/states.mjs';

const { code, output } = checkStates(process.argv[2]);
console.log(output || `Columns of states: ${STATE_COLUMNS.join(' ')}`);
process.exitCode = code;
