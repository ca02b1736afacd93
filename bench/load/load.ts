import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Request and target of a run. */
export interface LoadOrder {
  host: string;
  port: number;
  path: string;
  headers: Record<string, string>;
  /** Body. `#########` is replaced with a unique number in every request. Empty for a GET. */
  body: string;
  connections: number;
  ms: number;
}

/** Result of a run. */
export interface LoadResult {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
}

/** Load generator in a child process. */
export class Load {
  private readonly child: ChildProcess = fork(join(__dirname, 'client.js'));

  async run(order: LoadOrder): Promise<LoadResult> {
    this.child.send(order);
    const [result] = (await once(this.child, 'message')) as [LoadResult | { error: string }];
    if ('error' in result) throw new Error(result.error);
    return result;
  }

  stop(): void {
    if (this.child.connected) this.child.disconnect();
  }
}
