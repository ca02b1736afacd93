import 'reflect-metadata';
import { readDatabase } from '../config';
import { Database, openDatabase } from '../database';
import { removeOldEvents } from '../events';
import type { Progress } from '../terminal';
import { commandLine, run } from './command';

const program = commandLine(
  'remove-old-events',
  'Removes the events that are older than EVENT_RETENTION_DAYS. Needs the owner of the tables: the user of the gateways cannot remove events.',
).addHelpText(
  'after',
  '\nReads DATABASE_URL and EVENT_RETENTION_DAYS from the environment.\nExit codes: 0 success, 1 failure.',
);

async function main(progress: Progress): Promise<number> {
  const settings = readDatabase(process.env);
  progress.step('Connecting to the database …');
  const { source } = await openDatabase({ ...settings, databasePool: 2 });
  try {
    const db = Database.over(source);
    for (let total = 0; ; ) {
      const { removed, more } = await removeOldEvents(db, settings.eventRetentionDays);
      total += removed;
      if (!more) {
        progress.print(
          `${total} events were older than ${settings.eventRetentionDays} days and are removed.`,
        );
        return 0;
      }
      progress.step(`${total} events removed …`);
    }
  } finally {
    await source.destroy();
  }
}

program.parse();
void run(main);
