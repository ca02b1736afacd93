import { explain, startProgress } from '../../src/terminal';
import { banner } from './banner';
import { completeEnvironment } from './environment';
import { runLocalGateway } from './run-gateway';
import { listenForStop } from './stop-signals';

const reportError = (error: unknown): void => {
  process.stderr.write(`${explain(error)}\n`);
};

// If one part cannot be stopped, stop the others.
async function stopInReverse(stops: (() => Promise<void>)[]): Promise<boolean> {
  let clean = true;
  for (const stop of stops.reverse()) {
    await stop().catch(error => {
      reportError(error);
      clean = false;
    });
  }
  return clean;
}

/** `npm start`: starts the missing parts, then the gateway. Stops everything in reverse order after a signal. */
export async function start(): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  const progress = startProgress();
  const say = (line: string) => progress.print(line);
  const signals = listenForStop(
    () => say('Stopping …'),
    () => process.exit(130),
  );
  let code = 0;
  try {
    progress.step('Starting the database and the provider …');
    const parts = await completeEnvironment(process.env, say, stop => stops.push(stop));
    if (!signals.requested) {
      progress.step('Preparing the tables and the catalog …');
      const gateway = await runLocalGateway(parts, ({ url }) => {
        progress.end();
        say(banner(url, parts));
      });
      stops.push(() => gateway.stop());
      await Promise.race([signals.received, gateway.done]);
    }
  } catch (error) {
    progress.end();
    reportError(error);
    code = 1;
  }
  progress.end();
  if (!(await stopInReverse(stops))) code = 1;
  process.exit(code);
}
