import { z } from 'zod';
import { startSimulator } from './start';

const settingsSchema = z.object({
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  SIMULATOR_JOURNAL: z.string().min(1).optional(),
  SIMULATOR_WORK_MS: z.coerce.number().int().min(0).max(600_000).default(2000),
  SIMULATOR_EXIT_WITH_PARENT: z.enum(['0', '1']).default('0'),
  PROVIDER_APPLICATION_ID: z.string().min(1),
  PROVIDER_API_KEY: z.string().min(1),
});

/** Entry point of the simulator process. Prints its URLs in one JSON line, and stops on a signal. */
async function main(): Promise<void> {
  const parsed = settingsSchema.safeParse(process.env);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const settings = parsed.data;
  const simulator = await startSimulator({
    port: settings.SIMULATOR_PORT,
    journalPath: settings.SIMULATOR_JOURNAL,
    applicationId: settings.PROVIDER_APPLICATION_ID,
    apiKey: settings.PROVIDER_API_KEY,
    workMs: settings.SIMULATOR_WORK_MS,
  });
  const stop = (): void => {
    simulator.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (settings.SIMULATOR_EXIT_WITH_PARENT === '1') {
    // A killed parent cannot send a signal, but its end of the pipe closes.
    process.stdin.resume().once('close', stop).once('error', stop);
  }
  process.stdout.write(`${JSON.stringify({ url: simulator.url, brokerUrl: simulator.brokerUrl })}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`The simulator did not start: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
