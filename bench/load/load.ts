import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What is sent to whom. */
export interface LoadOrder {
  host: string;
  port: number;
  path: string;
  headers: Record<string, string>;
  /** `#########` in it becomes another number in every request. */
  body: string;
  connections: number;
  ms: number;
}

/** What came of it. */
export interface LoadResult {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
}

/** The load generator, in a process of its own. */
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
