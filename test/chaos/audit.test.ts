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

test('finds nothing where all is well', async () => {
  expect(await audit(lab, sold)).toEqual({ lost: 0, doubled: 0 });
});

test('finds an order that is not complete, and its three effects', async () => {
  const [orderId] = sold;
  await lab.rows(`UPDATE orders SET state = 'FAILED' WHERE id = ?`, [orderId]);
  expect(await audit(lab, sold)).toEqual({ lost: 1, doubled: 3 });
  await lab.rows(`UPDATE orders SET state = 'COMPLETED' WHERE id = ?`, [orderId]);
});

test('finds a message of the stream that is missing, and one that came twice', async () => {
  const { seqs } = lab.reader;
  const [second] = seqs.splice(1, 1);
  seqs.push(seqs.at(-1) as number);
  expect(await audit(lab, sold)).toEqual({ lost: 1, doubled: 1 });
  seqs.pop();
  seqs.splice(1, 0, second as number);
});

test('finds a delivery and a number that are missing', async () => {
  const missing = lab.receiver.requests.splice(2, 1);
  expect(await audit(lab, sold)).toEqual({ lost: 1, doubled: 0 });
  lab.receiver.requests.splice(2, 0, ...missing);
  await lab.rows(`DELETE FROM events WHERE seq = 1`);
  expect(await audit(lab, sold)).toEqual({ lost: 1, doubled: 0 });
});
