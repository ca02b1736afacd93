import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/config';
import { bareLike, type Sent } from './lib/bare-like';
import { type Bench, inLab } from './lib/bench';
import type { Lab } from './lib/lab';
import type { Contender } from './lib/processes';
import { bodyOf, CATALOG_PAGE, PRODUCT_PAGE, sameAnswer } from './lib/queries';
import { type Effort, type Entry, inTurn, type Reached, ratios } from './lib/rounds';
import { printReached, type Verdict } from './lib/table';

const EFFORT: Effort = { rounds: 5, ms: 1500, connections: 32 };
/** Short rounds: other work on the machine affects both of a pair. */
const PAIRS: Effort = { rounds: 12, ms: 500, connections: 32 };
const BARE = 'bare node:http, same headers and bytes';
const FIRST = 20;
// Every request has another value of a declared variable.
const OTHER = bodyOf(CATALOG_PAGE, { first: FIRST, slug: 'category-#########' });
const SAME = bodyOf(CATALOG_PAGE, { first: FIRST });

const TRUSTED = readFileSync(join(packageRoot, 'schema/operations/04-product.graphql'));
const DOCUMENT_ID = `sha256:${createHash('sha256').update(TRUSTED).digest('hex')}`;
const GET = `/graphql?${new URLSearchParams({ documentId: DOCUMENT_ID, variables: '{"sku":"BENCH-7"}' })}`;

/** Requests whose answers are cached, with the least ratio to a bare server that sends the same. */
const CACHED: readonly [what: string, sent: Sent, least: number][] = [
  ['catalog page', { body: SAME }, 0.9],
  ['catalog page, gzip', { body: SAME, headers: { 'accept-encoding': 'gzip' } }, 1],
  ['catalog page, br', { body: SAME, headers: { 'accept-encoding': 'br' } }, 1],
  ['GET of a trusted document', { path: GET, body: '' }, 0.85],
  ['304 to it', { path: GET, body: '', headers: { 'if-none-match': '*' } }, 0.85],
];

/** Catalog pages, the most frequent reads of a storefront. */
export const catalog: Bench = {
  name: 'catalog',
  what: 'catalog page (20 products, prices, 5 add-ons each) and product page, anonymous',
  run: () =>
    inLab(async lab => {
      const ours = await lab.gateway();
      const others = await Promise.all(
        [
          ['node:http + mysql2, three statements', 'mysql-catalog'],
          ['mercurius, JIT, same read model', 'mercurius'],
          ['graphql-yoga, JIT, same read model', 'yoga'],
          ['stock stack', 'stock'],
        ].map(([name = '', file]) => lab.contender(name, `yardsticks/${file}.js`)),
      );
      await sameAnswer([ours, ...others], SAME);
      const bare = await bareLike(lab, ours, { body: SAME }, BARE);
      const reached = await page(lab, ours, bare, others);
      await productPage(lab, ours);
      return [...verdicts(reached), ...(await cached(lab, ours))];
    }),
};

async function page(lab: Lab, ours: Contender, bare: Contender, others: readonly Contender[]) {
  const entry = (contender: Contender, body: string, name = contender.name): Entry => ({
    name,
    contender,
    body,
  });
  const reached = await inTurn(
    lab.load,
    [
      entry(bare, SAME),
      entry(ours, SAME, 'Skybasket, answer cached'),
      entry(ours, OTHER, 'Skybasket, every request new'),
      ...others.map(other => entry(other, OTHER)),
    ],
    EFFORT,
  );
  printReached('Catalog page', reached);
  return reached;
}

async function productPage(lab: Lab, ours: Contender): Promise<void> {
  const body = bodyOf(PRODUCT_PAGE, { sku: 'BENCH-7' });
  const bare = await bareLike(lab, ours, { body }, BARE);
  const other = bodyOf(PRODUCT_PAGE, { sku: 'BENCH-7', slug: 'category-#########' });
  const reached = await inTurn(
    lab.load,
    [
      { name: bare.name, contender: bare, body },
      { name: 'Skybasket, answer cached', contender: ours, body },
      { name: 'Skybasket, every request new', contender: ours, body: other },
    ],
    EFFORT,
  );
  printReached('Product page', reached);
}

/** Compares cached answers with bare servers that parse the request and send the same, pair by pair. */
async function cached(lab: Lab, ours: Contender): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const [what, sent, least] of CACHED) {
    const bare = await bareLike(lab, ours, sent, BARE);
    const [limit, reached] = (await inTurn(
      lab.load,
      [
        { name: bare.name, contender: bare, ...sent },
        { name: 'Skybasket', contender: ours, ...sent },
      ],
      PAIRS,
    )) as [Reached, Reached];
    await bare.stop();
    printReached(`Cached: ${what}`, [limit, reached]);
    verdicts.push(
      { goal: `${what}, cached: ≥ ${least} of bare`, reached: ratios(reached.rates, limit.rates), least },
      { goal: `${what}, cached, by CPU: ≥ ${least} of bare`, reached: ratios(limit.cpu, reached.cpu), least },
    );
  }
  return verdicts;
}

function verdicts(reached: readonly Reached[]): Verdict[] {
  const [bare = [], cached = [], fresh = [], mysql = [], mercurius = [], yoga = [], stock = []] = reached.map(
    ({ rates }) => rates,
  );
  return [
    { goal: 'catalog page, cached: ≥ 80 × stock', reached: ratios(cached, stock), least: 80 },
    { goal: 'catalog page, new: ≥ 0.18 of bare', reached: ratios(fresh, bare), least: 0.18 },
    { goal: 'catalog page, new: ≥ 2.5 × node:http + mysql2', reached: ratios(fresh, mysql), least: 2.5 },
    { goal: 'catalog page, new: ≥ 20 × stock', reached: ratios(fresh, stock), least: 20 },
    { goal: 'catalog page, new: ahead of mercurius', reached: ratios(fresh, mercurius), least: 1 },
    { goal: 'catalog page, new: ahead of yoga', reached: ratios(fresh, yoga), least: 1 },
  ];
}
