import 'reflect-metadata';
import { pino } from 'pino';
import { startApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { announce } from './processes';

/** Entry point of a gateway without a worker, to measure checkouts alone. */
const config = readConfig(process.env);
const limits = { slots: 0, failureThreshold: 1, openMs: 1000 };
startApp(config, pino({ level: config.logLevel }), { worker: { limits } })
  .then(({ url }) => announce(url))
  .catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
