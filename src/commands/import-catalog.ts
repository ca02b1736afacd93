import 'reflect-metadata';
import type { CatalogChange } from '../entities';
import { Refusal } from '../errors';
import { preview } from '../services/catalog-import/import-catalog';
import { runImport } from '../services/catalog-import/run';
import { OperatorError } from '../terminal';
import { type Command, providerCommandLine, runWithSettings } from './command';

/** Previews or runs the import of a provider's catalog. Returns the exit code. */
async function importCatalog(command: Command): Promise<number> {
  const { name = '', dryRun, signal, progress } = command;
  const print = (text: string) => progress.print(text);
  try {
    progress.step(`Reading the catalog of ${name} …`);
    if (dryRun) {
      const changes = await preview(command, name, signal);
      changes.map(formatChange).forEach(print);
      print(changes.length === 0 ? 'Nothing would change.' : 'Nothing was written.');
      return 0;
    }
    let reported = 0;
    const { state, changes, error } = await runImport(command, name, null, ({ changes, done, total }) => {
      changes.slice(reported).map(formatChange).forEach(print);
      reported = changes.length;
      progress.step(`${done} of ${total} services`);
    });
    print(error ?? `${state.toLowerCase()}, ${changes.length} changes`);
    return error ? 1 : 0;
  } catch (error) {
    if (error instanceof Refusal)
      throw new OperatorError(error.errors.map(({ message }) => message).join(' '));
    throw error;
  }
}

function formatChange({ kind, item, code, field, from, to, position, reason }: CatalogChange): string {
  if (reason) return `${kind.padEnd(8)} ${item.toLowerCase()} ${code || '(no id)'} at ${position}: ${reason}`;
  const values = field === null ? (to ?? '') : `${field}: ${from ?? '–'} → ${to ?? '–'}`;
  return `${kind.padEnd(8)} ${item.toLowerCase()} ${code} ${values}`.trimEnd();
}

const program = providerCommandLine(
  'import-catalog',
  'Imports products, add-ons and prices of a provider into the catalog, unpublished. Reports every change.',
  '<provider>',
);
void runWithSettings(program, importCatalog);
