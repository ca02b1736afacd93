import { EventLog } from '../../src/events';
import { numberEvents } from '../../src/events/sequencer';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { type ChargeRow, chargeRows } from '../support/charges';
import { NORTHWIND, STORAGE } from '../support/demo';

let office: BackOffice;
let rows: ChargeRow[];
beforeAll(async () => {
  office = await startBackOffice();
  await office.who.manager.provisioned(NORTHWIND, STORAGE);
  rows = await chargeRows(office.gateway);
  await office.gateway.app.deps.events.stop();
});
afterAll(() => office.stop());

/** As a process of the version before charges leaves the log: its events are numbered, and their charges are not. */
async function forgetNumbers(): Promise<number> {
  const { gateway } = office;
  const before = Number(rows[0]?.seq) - 1;
  await gateway.rows('UPDATE charges SET seq = NULL');
  await gateway.rows('UPDATE sequencer SET charged = ?', [before]);
  return before;
}

test('nobody reads an event before its charge has its number', async () => {
  const { db } = office.gateway.app.deps;
  const before = await forgetNumbers();
  const log = new EventLog(db, error => {
    throw error;
  });
  await log.catchUp();
  expect(log.head).toBe(before);
  expect(await log.after(before)).toEqual([]);
  await log.numberCommitted();
  expect(log.head).toBeGreaterThan(Number(rows.at(-1)?.seq));
  const read = await log.after(before);
  expect(read).not.toBe('expired');
  expect(read[0]).toMatchObject({ seq: before + 1, type: 'charge.created' });
});

test('charges get the numbers of their events, before any later event has one', async () => {
  const { db } = office.gateway.app.deps;
  await forgetNumbers();
  while ((await numberEvents(db)).more);
  expect(await chargeRows(office.gateway)).toEqual(rows);
});
