import { runGateway } from '../main';
import { banner } from './banner';
import { completeEnvironment } from './environment';
import { listenForStop } from './stop-signals';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const complain = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
};

// What can't be stopped does not keep the rest from being stopped.
async function stopInReverse(stops: (() => Promise<void>)[]): Promise<boolean> {
  let clean = true;
  for (const stop of stops.reverse()) {
    await stop().catch(error => {
      complain(error);
      clean = false;
    });
  }
  return clean;
}

/** `npm start`: whatever the settings leave open, then the gateway, until a signal; then all of it in reverse. */
export async function start(): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  const signals = listenForStop(
    () => say('Stopping …'),
    () => process.exit(130),
  );
  let code = 0;
  try {
    const parts = await completeEnvironment(process.env, say, stop => stops.push(stop));
    if (!signals.requested) {
      const gateway = await runGateway(parts.env, ({ url }) => say(banner(url, parts)));
      stops.push(() => gateway.stop());
      await Promise.race([signals.received, gateway.done]);
    }
  } catch (error) {
    complain(error);
    code = 1;
  }
  if (!(await stopInReverse(stops))) code = 1;
  process.exit(code);
}
