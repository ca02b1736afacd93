import { writeMissingTerms } from '../src/store';
import { type Bench, inLab } from './lib/bench';
import { fillCustomers } from './lib/fill';
import type { Lab } from './lib/lab';
import { type Contender, cpuSeconds } from './lib/processes';
import { median, ratios } from './lib/rounds';
import { sameStatements } from './lib/same-statements';
import { atOnce, type Buyer, buyers, checkout as checkOut } from './lib/shop';
import { printTable, short, spread } from './lib/table';

const ROUNDS = 5;
const ORDERS = 400;
const AT_ONCE = 16;
/** Checkouts before the rounds, to compare the statements of the contenders. */
const CHECKED = 4;

const MYSQL = { name: 'node:http + mysql2, same statements', file: 'yardsticks/mysql-checkout.js' };
const SKYBASKET = { name: 'Skybasket', file: 'lib/order-taker.js' };
const ENTITIES = { name: 'node:http + TypeORM entities', file: 'yardsticks/entities-checkout.js' };

/** Results of one contender by round. */
interface Reached {
  contender: Contender;
  rates: number[];
  serverMs: number[];
  databaseMs: number[];
}

/**
 * Checkouts without provisioning. The services have an unknown provider, so that no gateway calls it, and the orders stay
 * as committed.
 */
export const checkout: Bench = {
  name: 'checkout',
  what: 'committed checkouts per second, compared with the same statements and with entities',
  run: () =>
    inLab(async lab => {
      await lab.run(`UPDATE services SET provider = 'nobody'`);
      await fillCustomers(lab.run, 2 * (CHECKED + (ROUNDS + 1) * 3 * ORDERS));
      // The gateway would write them at its start, beside the first rounds.
      await writeMissingTerms(lab.db);
      const checked = await buyers(lab, 0, CHECKED);
      await sameStatements(lab, [MYSQL, SKYBASKET], contender =>
        checkOut(contender, checked.shift() as Buyer),
      );
      const contenders = [];
      for (const { name, file } of [MYSQL, SKYBASKET, ENTITIES]) {
        contenders.push(await lab.contender(name, file));
      }
      const reached = await rounds(lab, contenders);
      print(reached);
      const [bare = [], own = [], entities = []] = reached.map(({ rates }) => rates);
      return [
        { goal: 'checkout: ≥ 0.75 of node:http + mysql2', reached: ratios(own, bare), least: 0.75 },
        { goal: 'checkout: ≥ 3 × entities', reached: ratios(own, entities), least: 3 },
      ];
    }),
};

/** Measures all contenders in turn, with separate baskets. The first round is a warm-up and does not count. */
async function rounds(lab: Lab, contenders: readonly Contender[]): Promise<Reached[]> {
  const reached = contenders.map(
    (contender): Reached => ({ contender, rates: [], serverMs: [], databaseMs: [] }),
  );
  let next = CHECKED;
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { contender, rates, serverMs, databaseMs } of reached) {
      const result = await measure(lab, contender, await buyers(lab, next, ORDERS));
      next += ORDERS;
      if (round === 0) continue;
      rates.push(result.rate);
      serverMs.push(result.serverMs);
      databaseMs.push(result.databaseMs);
    }
  }
  return reached;
}

async function measure(lab: Lab, contender: Contender, list: readonly Buyer[]) {
  const server = cpuSeconds(contender.pid);
  const database = cpuSeconds(lab.mariadbPid);
  const began = performance.now();
  await atOnce(list, AT_ONCE, buyer => checkOut(contender, buyer));
  const seconds = (performance.now() - began) / 1000;
  const each = (from: number, to: number) => ((to - from) * 1000) / list.length;
  return {
    rate: list.length / seconds,
    serverMs: each(server, cpuSeconds(contender.pid)),
    databaseMs: each(database, cpuSeconds(lab.mariadbPid)),
  };
}

function print(reached: readonly Reached[]): void {
  const [first] = reached;
  printTable(
    `Checkout, ${AT_ONCE} concurrent`,
    ['contender', 'checkouts/s', 'ratio to first', 'server CPU ms', 'database CPU ms'],
    reached.map(({ contender, rates, serverMs, databaseMs }) => [
      contender.name,
      spread(rates),
      first ? spread(ratios(rates, first.rates)) : '',
      short(median(serverMs)),
      short(median(databaseMs)),
    ]),
  );
}
