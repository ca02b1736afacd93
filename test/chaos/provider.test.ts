import { type Lab, startLab } from './support/lab';
import { answering, between, losingAnswers, silent, stale } from './support/provider-faults';
import { type Fault, underLoad } from './support/scenario';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.stop());

const PAGE = '<html><body>Welcome</body></html>';

const FAULTS: Record<string, Fault> = {
  '300 ms latency': between(10, { delayMs: 300 }),
  '5 % of calls break their connection': between(10, { drop: 0.05 }),
  'kept-alive connections fall silent, new ones work': stale(10),
  'silent, new connections too': silent(10),
  '10 kB/s on each connection': between(10, { bytesPerSecond: 10_000 }),
  'the answer to every third call is lost': losingAnswers(10),
  'redirects (302)': answering(10, '302 Found', 'Location: https://example.com/'),
  'rate limit (429, Retry-After: 2)': answering(10, '429 Too Many Requests', 'Retry-After: 2'),
  'an HTML page with status 200': answering(10, '200 OK', 'Content-Type: text/html', PAGE),
};

test.each(Object.entries(FAULTS))('provider: %s for 10 s', async (name, fault) => {
  await underLoad(lab, 'Provider', `${name}, 10 s`, fault);
});
