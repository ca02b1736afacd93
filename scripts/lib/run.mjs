import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { checkInterrupted, interruption } from './interrupt.mjs';

/**
 * Runs a program to its end. Returns its exit code, and its output if `quiet`. Forwards stop signals to the program;
 * the script ends after it.
 */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    checkInterrupted();
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { stdio, ...options });
    const chunks = [];
    child.stdout?.on('data', chunk => chunks.push(chunk));
    child.stderr?.on('data', chunk => chunks.push(chunk));
    const passOn = () => child.kill(interruption.reason);
    interruption.addEventListener('abort', passOn, { once: true });
    const done = () => interruption.removeEventListener('abort', passOn);
    child.once('error', error => {
      done();
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      done();
      try {
        checkInterrupted();
        const output = Buffer.concat(chunks).toString().trim();
        resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), output });
      } catch (interrupted) {
        reject(interrupted);
      }
    });
  });
}
