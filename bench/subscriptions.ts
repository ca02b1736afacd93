import { accountId, userId } from '../dev/demo-data';
import { beginSession } from '../src/services/identity/sessions';
import { writeMissingTerms } from '../src/store';
import { type Bench, inLab } from './lib/bench';
import { fillCustomers, fillHistory } from './lib/fill';
import { bodyOf, SUBSCRIPTIONS, sameAnswer } from './lib/queries';
import { inTurn, ratios } from './lib/rounds';
import { printReached } from './lib/table';

const EFFORT = { rounds: 5, ms: 1500, connections: 32 };
const CUSTOMERS = 100;
const SUBSCRIBED = 10_000;

/** A list of a signed-in reseller, which is not cached. */
export const subscriptions: Bench = {
  name: 'subscriptions',
  what: "a reseller's newest 20 of 5,000 subscriptions with account, product, add-ons and operations",
  run: () =>
    inLab(async lab => {
      await fillCustomers(lab.run, CUSTOMERS);
      await fillHistory(lab.run, SUBSCRIBED, CUSTOMERS);
      // The gateway would write them at its start, beside the first rounds.
      await writeMissingTerms(lab.db);
      const viewer = accountId('Skyline IT');
      const reseller = userId('sales@skyline.example');
      const { sessionId } = await lab.db.transaction(tx =>
        beginSession(tx, { id: reseller, sessionVersion: 0 }),
      );
      const ours = await lab.gateway();
      const mysql = await lab.contender(
        'node:http + mysql2, same statements',
        'yardsticks/mysql-subscriptions.js',
        { BENCH_SESSION: sessionId, BENCH_USER: reseller },
      );
      const stock = await lab.contender('stock stack', 'yardsticks/stock.js');
      const body = bodyOf(SUBSCRIPTIONS, { first: 20 });
      const authorization = await lab.bearer(reseller);
      const headers = { authorization, 'x-viewer': viewer };
      await sameAnswer([ours, mysql, stock], body, headers);
      const entries = [mysql, ours, stock].map(contender => ({
        name: contender.name,
        contender,
        body,
        headers,
      }));
      const reached = await inTurn(lab.load, entries, EFFORT);
      printReached('List of subscriptions', reached);
      const [bare = [], own = [], stack = []] = reached.map(({ rates }) => rates);
      return [
        {
          goal: 'list of subscriptions: ≥ 0.75 of node:http + mysql2',
          reached: ratios(own, bare),
          least: 0.75,
        },
        { goal: 'list of subscriptions: ≥ 6 × stock', reached: ratios(own, stack), least: 6 },
      ];
    }),
};
