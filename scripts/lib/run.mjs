import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program to its end and gives its exit code, and its output when `quiet`; signals are passed on to it. */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { stdio, ...options });
    const chunks = [];
    child.stdout?.on('data', chunk => chunks.push(chunk));
    child.stderr?.on('data', chunk => chunks.push(chunk));
    const passOn = signal => child.kill(signal);
    for (const signal of PASSED_ON) process.on(signal, passOn);
    const done = () => {
      for (const signal of PASSED_ON) process.off(signal, passOn);
    };
    child.once('error', error => {
      done();
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      done();
      const output = Buffer.concat(chunks).toString().trim();
      resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), output });
    });
  });
}
