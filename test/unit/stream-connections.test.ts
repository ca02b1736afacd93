import { EventEmitter } from 'node:events';
import type { ActorCache } from '../../src/services/identity/actor-cache';
import { SharedResults } from '../../src/transport/stream/shared-results';
import { WsConnection } from '../../src/transport/stream/ws-connection';

class Socket extends EventEmitter {
  readonly calls: string[] = [];
  ping = () => this.calls.push('ping');
  terminate = () => this.calls.push('terminate');
}

test('a socket is pinged every 12 seconds, and terminated if it misses a pong', () => {
  const socket = new Socket();
  const connection = new WsConnection({} as ActorCache, '', socket as never, {} as never, 3_600_000);
  const start = performance.now();
  const tick = (seconds: number) => connection.tick(start + seconds * 1000 + 50);
  tick(11);
  expect(socket.calls).toEqual([]);
  tick(12);
  tick(20);
  expect(socket.calls).toEqual(['ping']);
  socket.emit('pong');
  tick(25);
  expect(socket.calls).toEqual(['ping', 'ping']);
  tick(38);
  expect(socket.calls).toEqual(['ping', 'ping', 'terminate']);
});

describe('shared results', () => {
  const payload = (size: number) => ({ cursor: '', json: Buffer.alloc(size) });

  test('are computed once a second, and again when permissions change', async () => {
    const now = performance.now.bind(performance);
    const results = new SharedResults();
    const make = jest.fn(async () => payload(10));
    const ask = () => results.get('key', make);
    const first = await ask();
    expect(await ask()).toBe(first);
    results.clear();
    expect(await ask()).not.toBe(first);
    try {
      performance.now = () => now() + 1000;
      await ask();
    } finally {
      performance.now = now;
    }
    expect(make).toHaveBeenCalledTimes(3);
  });

  test('are bounded by bytes, the oldest going first, and forget what has failed', async () => {
    const results = new SharedResults();
    const big = jest.fn(async () => payload(5 * 1024 * 1024));
    await results.get('old', big);
    await results.get('new', big);
    await results.get('new', big);
    expect(big).toHaveBeenCalledTimes(2);
    await results.get('old', big);
    expect(big).toHaveBeenCalledTimes(3);
    const fails = jest.fn(() => Promise.reject(new Error('once')));
    await expect(results.get('failing', fails)).rejects.toThrow('once');
    await expect(results.get('failing', fails)).rejects.toThrow('once');
    expect(fails).toHaveBeenCalledTimes(2);
  });
});
