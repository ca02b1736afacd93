import type { Writable } from 'node:stream';
import { WebSocket } from 'ws';
import { nextFrames, nextPrefix } from '../../src/transport/stream/frame';

/** Not in the types of `ws`: the part of it that reads frames. */
const { Receiver } = WebSocket as unknown as { Receiver: new (options: object) => Writable };

/** What `ws` itself makes of the bytes. */
function read(bytes: Buffer): string[] {
  const texts: string[] = [];
  const receiver = new Receiver({ isServer: false });
  receiver.on('message', (data: Buffer) => texts.push(data.toString()));
  receiver.write(bytes);
  return texts;
}

test.each([0, 1, 60, 79, 80, 81, 100, 65_489, 65_490, 65_491, 200_000])(
  'a payload of %i bytes is one text frame that ws reads',
  length => {
    const payload = JSON.stringify({ data: 'ä'.repeat(length / 2) });
    const frames = nextFrames(nextPrefix('a "quoted" id'), [Buffer.from(payload)]);
    expect(read(frames).map(text => JSON.parse(text))).toEqual([
      { id: 'a "quoted" id', type: 'next', payload: JSON.parse(payload) },
    ]);
  },
);

test('a burst is as many frames in one buffer, in order', () => {
  const payloads = Array.from({ length: 20 }, (_, index) => Buffer.from(`{"data":${index}}`));
  const texts = read(nextFrames(nextPrefix('1'), payloads));
  expect(texts).toEqual(payloads.map(payload => `{"id":"1","type":"next","payload":${payload}}`));
});
