import type { ProvisioningOperation } from '../../client';

const WIDTH = 30;
const terminal = process.stdout.isTTY === true;

/** Prints a line. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a headline after an empty line. */
export function headline(text: string): void {
  print();
  print(text);
  print('─'.repeat(text.length));
}

/** `SYNCHRONIZE_RESELLER` to `synchronize reseller`. */
const words = (name: string) => name.toLowerCase().replaceAll('_', ' ');

/** Shows progress: a progress bar on a terminal, else one line per change. */
export function showProgress(operation: ProvisioningOperation, step: string | null, state: string): void {
  const what = `${words(step ?? operation.kind)} ${words(state)}`;
  if (!terminal) {
    print(`    ${`${Math.round(operation.progress * 100)}`.padStart(3)} %  ${what}`);
    return;
  }
  const full = Math.round(operation.progress * WIDTH);
  process.stdout.write(`\r\x1b[K    ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${what}`);
}

/** Ends the line of the progress bar. */
export function endProgress(): void {
  if (terminal) print();
}
