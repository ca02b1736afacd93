import { ConfigError } from '../config';

interface SystemError extends Error {
  code?: string;
  errno?: number;
  port?: number;
  address?: string;
}

/** Error whose message is a sentence for the operator. */
export class OperatorError extends Error {}

/** Rethrows the error of a migration as an OperatorError with its full message. Rethrows errors of statements unchanged. */
export function withFullMessage(error: Error & { errno?: number }): never {
  throw error.errno === undefined ? new OperatorError(error.message, { cause: error }) : error;
}

/** Errors of statements by errno, and what to do about each. `openDatabase` explains those of the connection. */
const DATABASE_REMEDIES: Readonly<Record<number, string>> = {
  1142: 'The user of DATABASE_URL may not do this. Grant its rights again (docs/grants.sql), or use the owner.',
  1146: 'The database lacks tables. Run the migrations (docs/guides/operator.md).',
};

/** Returns one sentence that says what failed and what to do. */
export function explain(error: unknown, env: NodeJS.ProcessEnv = process.env): string {
  if (error instanceof ConfigError || error instanceof OperatorError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code = '', errno = 0, port } = error as SystemError;
  if (code === 'EADDRINUSE') return portInUse(error as SystemError, env);
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} needs more rights. Choose one above 1023.`;
  if (code === 'EADDRNOTAVAIL') return `${(error as SystemError).address} is not an address of this machine.`;
  const remedy = DATABASE_REMEDIES[errno];
  if (remedy) return remedy;
  return unexpected(error, env);
}

function portInUse({ port, address }: SystemError, env: NodeJS.ProcessEnv): string {
  const setting = env.METRICS_PORT === String(port) ? 'METRICS_PORT' : 'PORT';
  return `Port ${port} of ${address} is in use. Stop the process that has it, or set ${setting} to another one.`;
}

/** The first line of the message. Where it was thrown is for those who set `LOG_LEVEL=debug`. */
function unexpected(error: Error, { LOG_LEVEL }: NodeJS.ProcessEnv): string {
  if (LOG_LEVEL === 'debug' || LOG_LEVEL === 'trace') return error.stack ?? error.message;
  return error.message.split('\n')[0] || error.name;
}
