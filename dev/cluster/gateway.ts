import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/config';
import { spawnTied } from '../local/spawn-tied';
import { Restartable } from './restartable';

const MAIN = join(packageRoot, 'dist/src/main.js');
const LAST_LINES = 50;

/** Gateway process of the cluster, started as by `npm run serve`, always on the same port. */
export class GatewayUnit extends Restartable {
  /** Last lines of its log. */
  readonly log: string[] = [];

  constructor(
    readonly name: string,
    readonly port: number,
    private readonly settings: NodeJS.ProcessEnv,
  ) {
    super();
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the gateway with the additional settings `more`. Resolves when it serves. */
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
}
