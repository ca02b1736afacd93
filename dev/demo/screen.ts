import type { ProvisioningOperation } from '../../client';

const WIDTH = 30;
const terminal = process.stdout.isTTY === true;

/** A line. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** A headline, and room above it. */
export function headline(text: string): void {
  print();
  print(text);
  print('─'.repeat(text.length));
}

/** `SYNCHRONIZE_RESELLER` as a person reads it. */
const words = (name: string) => name.toLowerCase().replaceAll('_', ' ');

/** How far an operation is: a bar that moves on a terminal, a line for every change elsewhere. */
export function showProgress(operation: ProvisioningOperation, step: string | null, state: string): void {
  const what = `${words(step ?? operation.kind)} ${words(state)}`;
  if (!terminal) {
    print(`    ${`${Math.round(operation.progress * 100)}`.padStart(3)} %  ${what}`);
    return;
  }
  const full = Math.round(operation.progress * WIDTH);
  process.stdout.write(`\r\x1b[K    ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${what}`);
}

/** Leaves the bar as it stands. */
export function endProgress(): void {
  if (terminal) print();
}
