import { elapse } from '../support/until';
import { audit } from './support/audit';
import { type Lab, startLab } from './support/lab';
import { startLoad } from './support/load';

let lab: Lab;
let sold: string[];
beforeAll(async () => {
  lab = await startLab();
  const load = startLoad(lab);
  await elapse(1500, 'some orders are placed');
  await load.stop();
  await lab.settled();
  ({ sold } = load);
});
afterAll(() => lab.stop());

test('the audit of a run finds nothing after a correct run', async () => {
  expect(await audit(lab, sold)).toEqual({ lost: 0, doubled: 0 });
});

test('the audit of a run finds an incomplete order and its three effects', async () => {
  const [orderId] = sold;
  await lab.rows(`UPDATE orders SET state = 'FAILED' WHERE id = ?`, [orderId]);
  expect(await audit(lab, sold)).toEqual({ lost: 1, doubled: 3 });
  await lab.rows(`UPDATE orders SET state = 'COMPLETED' WHERE id = ?`, [orderId]);
});

test('the audit of a run finds a missing stream message and a duplicate', async () => {
  const { seqs } = lab.reader;
  const [second] = seqs.splice(1, 1);
  seqs.push(seqs.at(-1) as number);
  expect(await audit(lab, sold)).toEqual({ lost: 1, doubled: 1 });
  seqs.pop();
  seqs.splice(1, 0, second as number);
});

test('the audit of a run finds a missing delivery and a missing event number', async () => {
  const missing = lab.receiver.requests.splice(2, 1);
  expect(await audit(lab, sold)).toEqual({ lost: 1, doubled: 0 });
  lab.receiver.requests.splice(2, 0, ...missing);
  await lab.rows(`DELETE FROM events WHERE seq = 1`);
  expect(await audit(lab, sold)).toEqual({ lost: 1, doubled: 0 });
});
