import { LessThan } from 'typeorm';
import type { Session, Transaction } from '../database';
import { MailPosition } from '../entities';

/** Id of the only row. */
const ID = 1;

/** Number of the last event whose mails are queued. */
export const findMailPosition = async ({ manager }: Session): Promise<number> =>
  (await manager.findOneBy(MailPosition, { id: ID }))?.last ?? 0;

/** Locks the position. Only the holder of the lock queues mails of events. */
export const lockMailPosition = async ({ manager }: Transaction): Promise<number> =>
  (await manager.findOne(MailPosition, { where: { id: ID }, lock: { mode: 'pessimistic_write' } }))?.last ??
  0;

/** Advances the position. Never moves it back. */
export const advanceMailPosition = ({ manager }: Transaction, last: number) =>
  manager.update(MailPosition, { id: ID, last: LessThan(last) }, { last });
