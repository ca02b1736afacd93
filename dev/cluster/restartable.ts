import type { TiedProcess } from '../local/spawn-tied';

/** Time between the stop signal and the kill of a process. */
const STOP_GRACE_MS = 20_000;

/** A process of the cluster that may be stopped or killed, and started again. */
export abstract class Restartable {
  protected process: TiedProcess | undefined;

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Resolves with how it ended. */
  get exited(): Promise<string> {
    return this.process?.exited ?? Promise.resolve('not running');
  }

  /** As by `kill -9`; resolves when it is gone. */
  async kill(): Promise<void> {
    if (!this.process) return;
    process.kill(this.process.pid, 'SIGKILL');
    await this.process.exited;
    this.process = undefined;
  }

  /** By SIGTERM: a gateway lets go what it has in hand, a node tells the others that it leaves. */
  async stop(): Promise<void> {
    await this.process?.stop(STOP_GRACE_MS);
    this.process = undefined;
  }
}
