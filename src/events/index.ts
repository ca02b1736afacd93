export { type EventType, type NewEvent, record } from '../store';
export {
  type CursorScope,
  decodeCursor,
  encodeCursor,
  LOG_KEY,
  type LogPosition,
  positionOf,
} from './cursor';
export { eraseNameFromEvents, replaceName } from './erase-name';
export { EventLog, type Page } from './log';
export { readLogLag } from './log-lag';
export { Poller, type PollResult } from './poller';
export { EventRetention, removeOldEvents } from './retention';
export { firstSeqAfter, lastChargeSeq, lastSeq } from './sequencer';
