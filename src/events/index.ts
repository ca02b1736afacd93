export { type EventType, type NewEvent, record } from '../store';
export { decodeCursor, encodeCursor, LOG_KEY, type Place, placeOfEvent, type StreamKey } from './cursor';
export { logStanding } from './lag';
export { EventLog, type Page } from './log';
export { type Found, Poller } from './poller';
export { EventRetention, removeOldEvents } from './retention';
export { firstSeqAfter, lastSeq } from './sequencer';
