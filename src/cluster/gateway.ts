import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../config';
import { spawnTied, type TiedProcess } from '../local/spawn-tied';

const MAIN = join(packageRoot, 'dist/src/main.js');
const STOP_GRACE_MS = 20_000;
const LAST_LINES = 50;

/** One gateway of the cluster: a process of its own, as `npm run serve` starts it, always at the same port. */
export class GatewayUnit {
  private process: TiedProcess | undefined;
  /** The last of what it has logged. */
  readonly log: string[] = [];

  constructor(
    readonly name: string,
    readonly port: number,
    private readonly settings: NodeJS.ProcessEnv,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Resolves with how it ended. */
  get exited(): Promise<string> {
    return this.process?.exited ?? Promise.resolve('not running');
  }

  /** Starts it with `more` settings than usual, and waits until it serves. */
  async start(more: NodeJS.ProcessEnv = {}): Promise<void> {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, ...this.settings, ...more, PORT: String(this.port) };
    const started = spawnTied(process.execPath, [MAIN], { env, output: 'pipe' });
    this.process = started;
    await new Promise<void>((listens, failed) => {
      for (const stream of [started.stdout, started.stderr]) {
        if (!stream) continue;
        createInterface({ input: stream }).on('line', line => {
          if (/listens at \S+/.test(line)) listens();
          this.log.push(line);
          if (this.log.length > LAST_LINES) this.log.shift();
        });
      }
      void started.exited.then(how =>
        failed(new Error(`${this.name} did not start (${how}): ${this.log.at(-1)}`)),
      );
    });
  }

  /** As by `kill -9`; resolves when it is gone. */
  async kill(): Promise<void> {
    if (!this.process) return;
    process.kill(this.process.pid, 'SIGKILL');
    await this.process.exited;
    this.process = undefined;
  }

  /** By SIGTERM: it lets go what it has in hand. */
  async stop(): Promise<void> {
    await this.process?.stop(STOP_GRACE_MS);
    this.process = undefined;
  }
}
