import type net from 'node:net';
import { elapse } from './until';

/** Faults of a proxy that last until they are ended. */
export interface Faults {
  /** New connections are refused. */
  refuses: boolean;
  /** New connections are silent. */
  silent: boolean;
  /** Probability that a message closes its connection. */
  drop: number;
  /** Milliseconds that every message to the server is late. */
  delayMs: number;
  /** Speed of each connection, in each direction. */
  bytesPerSecond: number;
  /** Messages with this text reach the server, and their answer is lost with its connection. */
  lose: { text: string; probability: number };
  /** Bytes that answer every message in the place of the server; none where it is empty. */
  reply: string;
}

/** Everything passes. */
export const FAULTLESS: Readonly<Faults> = {
  refuses: false,
  silent: false,
  drop: 0,
  delayMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  lose: { text: '', probability: 0 },
  reply: '',
};

/** A direction of a connection: forwards to `to`, in order, as late and as slowly as the faults say at that time. */
export function paced(to: net.Socket, faults: Faults, delayMs = () => 0) {
  let due = 0;
  let turn = Promise.resolve();
  const next = (act: () => void) => {
    const at = due;
    turn = turn.then(async () => {
      const wait = at - performance.now();
      if (wait > 0) await elapse(wait, 'the fault is time');
      act();
    });
  };
  return {
    write(data: Buffer): void {
      due = Math.max(due, performance.now() + delayMs()) + (data.length / faults.bytesPerSecond) * 1000;
      next(() => to.destroyed || to.write(data));
    },
    /** Closes behind what was written. */
    end: () => next(() => to.destroySoon()),
  };
}
