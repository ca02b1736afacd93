import type { Logger as Log } from 'pino';
import type { Logger } from 'typeorm';

/** Writes TypeORM's messages about migrations to the log. TypeORM's own logger would mix plain text into it. */
export class MigrationLog implements Logger {
  constructor(private readonly output: Pick<Log, 'debug' | 'info' | 'warn'>) {}

  /** Called for failures only. The caller that migrates reports the error too, or retries. */
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
