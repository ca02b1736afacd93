import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Creates the folder `name` in `home` unless it exists. `make` gets the name of a draft, which is renamed when it is
 * complete, so that an incomplete folder never has the name.
 */
export async function makeDataFolder(
  home: string,
  name: string,
  make: (draft: string) => Promise<void>,
): Promise<string> {
  const folder = join(home, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${name}.new-`;
  for (const each of readdirSync(home)) {
    if (each.startsWith(unfinished)) rmSync(join(home, each), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(home, unfinished));
  await make(basename(draft));
  renameSync(draft, folder);
  return folder;
}
