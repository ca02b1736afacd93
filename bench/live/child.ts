import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Child process that answers one request at a time. */
export class Child {
  private constructor(private readonly process: ChildProcess) {}

  /** Starts `dist/bench/live/<file>`, which ends with this process. */
  static async start(file: string, env: Record<string, string> = {}): Promise<Child> {
    const child = fork(join(__dirname, file), {
      env: { ...process.env, ...env },
      execArgv: ['--expose-gc', '--enable-source-maps'],
    });
    const started = new Child(child);
    await started.ask({ is: 'ready' });
    return started;
  }

  /** Sends a request. Resolves to the response. */
  async ask<T>(request: Partial<Request>): Promise<T> {
    this.process.send(request);
    const [answer] = await once(this.process, 'message');
    return answer as T;
  }

  stop(): void {
    this.process.kill('SIGKILL');
  }
}

/** Request to a child. `is` determines which fields are set. */
export interface Request {
  is: string;
  count: number;
  text: string;
  userId: string;
  writers: number;
  seconds: number;
  perSecond: number;
}

/** Answers every request of the parent with the result of `answer`. */
export function serveParent(answer: (request: Request) => unknown): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (request: Request) => {
    Promise.resolve(answer(request)).then(
      result => process.send?.(result ?? null),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
