import type { Logger as Log } from 'pino';
import type { Logger } from 'typeorm';

/** Messages of TypeORM about migrations, as lines of our log: its own logger prints plain text between them. */
export class MigrationLog implements Logger {
  constructor(private readonly output: Pick<Log, 'debug' | 'info' | 'warn'>) {}

  /** TypeORM calls it for failures only. Whoever migrates reports the error too, or tries again. */
  logMigration(message: string): void {
    this.output.warn(message);
  }

  logSchemaBuild(message: string): void {
    this.output.debug(message);
  }

  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    this.output[level === 'log' ? 'info' : level](String(message));
  }

  /** Statements have metrics and traces of their own. */
  logQuery(): void {}
  logQueryError(): void {}
  logQuerySlow(): void {}
}
