import 'reflect-metadata';
import type { CatalogChange } from '../entities';
import { Refusal } from '../errors';
import { preview } from '../services/catalog-import/import-catalog';
import { runImport } from '../services/catalog-import/run';
import { type Command, runCommand, Usage } from './command';

/** `npm run import-catalog -- PROVIDER [--dry-run]`: what an import would do, or the import with how far it is. */
async function importCatalog(command: Command): Promise<number> {
  const { name, dryRun, signal, say } = command;
  if (name === undefined) throw new Usage('Whose catalog? npm run import-catalog -- PROVIDER [--dry-run]');
  try {
    if (dryRun) {
      const changes = await preview(command, name, signal);
      changes.map(line).forEach(say);
      say(changes.length === 0 ? 'Nothing would change.' : 'Nothing was written.');
      return 0;
    }
    let told = 0;
    const { state, changes, error } = await runImport(command, name, null, ({ changes, done, total }) => {
      changes.slice(told).map(line).forEach(say);
      told = changes.length;
      say(`${done} of ${total} services`);
    });
    say(error ?? `${state.toLowerCase()}, ${changes.length} changes`);
    return error ? 1 : 0;
  } catch (error) {
    if (error instanceof Refusal) throw new Usage(error.errors.map(({ message }) => message).join(' '));
    throw error;
  }
}

function line({ kind, item, code, field, from, to, position, reason }: CatalogChange): string {
  if (reason) return `${kind.padEnd(8)} ${item.toLowerCase()} ${code || '(no id)'} at ${position}: ${reason}`;
  const values = field === null ? (to ?? '') : `${field}: ${from ?? '–'} → ${to ?? '–'}`;
  return `${kind.padEnd(8)} ${item.toLowerCase()} ${code} ${values}`.trimEnd();
}

void runCommand(importCatalog);
