import type { TiedProcess } from '../local/spawn-tied';

/** Time between the stop signal and the kill of a process. */
const STOP_GRACE_MS = 20_000;

/** Process of the cluster that can be stopped or killed, and restarted. */
export abstract class Restartable {
  protected process: TiedProcess | undefined;

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Resolves with the exit code or signal. */
  get exited(): Promise<string> {
    return this.process?.exited ?? Promise.resolve('not running');
  }

  /** Sends SIGKILL. Resolves when the process has ended. */
  async kill(): Promise<void> {
    if (!this.process) return;
    process.kill(this.process.pid, 'SIGKILL');
    await this.process.exited;
    this.process = undefined;
  }

  /** Sends SIGTERM: a gateway releases its claims, a node leaves the cluster. */
  async stop(): Promise<void> {
    await this.process?.stop(STOP_GRACE_MS);
    this.process = undefined;
  }
}
