import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { startApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { createRenewal } from '../../src/ledger';
import { RENEWALS } from '../lib/fill';
import { serveParent } from './child';

const log = pino({ level: 'error' });
const started = startApp(readConfig(process.env), log);
const from = new Date(`${RENEWALS.from}T00:00:00Z`).getTime();

/** Subscriptions that are due at the business time of the renewals. */
let due = 0;
const clock = () => new Date(from + ((due - 1) * RENEWALS.everyMicroseconds) / 1000);

/** Renews what is due, as the gateway does. Its own poller finds nothing: its clock is years behind. */
async function renewAll(until = Number.POSITIVE_INFINITY): Promise<void> {
  const { db } = (await started).deps;
  const renew = createRenewal({ db, clock, log });
  while ((await renew()) && performance.now() < until);
}

/** Lets `perSecond` subscriptions become due in every second, and renews them. */
async function renewSteadily(perSecond: number, seconds: number): Promise<void> {
  const began = performance.now();
  const first = due;
  for (let second = 1; second <= seconds; second += 1) {
    await sleep(began + second * 1000 - 500 - performance.now());
    due = first + Math.round(perSecond * second);
    await renewAll();
  }
}

serveParent(async ({ is, perSecond, seconds, count }) => {
  const app = await started;
  if (is === 'ready') return { url: app.url };
  if (is === 'renew') return renewSteadily(perSecond, seconds);
  due = count;
  return renewAll(performance.now() + seconds * 1000);
});
