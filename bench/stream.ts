import { performance } from 'node:perf_hooks';
import { userId } from '../dev/demo-data';
import type { Bench } from './lib/bench';
import { say } from './lib/report';
import type { Verdict } from './lib/table';
import { Child } from './live/child';
import { CountingSocket } from './live/sockets';

const SOCKETS = 5000;
const BURST = 8;
const ROUNDS = 9;
const CONNECTING_AT_ONCE = 50;

const DOCUMENT = `subscription { provisioningUpdates { __typename
  ... on ProvisioningSnapshot { cursor operations { id state } }
  ... on ProvisioningUpdate { cursor occurredAt step stepState operationState message
    operation { id kind state progress steps { name state attempts } } } } }`;

/** Server with its sockets. */
class Side {
  received = 0;
  private expected = 0;
  private done: (() => void) | undefined;
  readonly sockets: CountingSocket[] = [];

  constructor(
    readonly child: Child,
    private readonly port: number,
  ) {}

  async connect(prepare: (socket: CountingSocket) => Promise<void>): Promise<void> {
    for (let opened = 0; opened < SOCKETS; opened += CONNECTING_AT_ONCE) {
      await Promise.all(
        Array.from({ length: CONNECTING_AT_ONCE }, async () => {
          const socket = await CountingSocket.open(this.port, () => this.count());
          this.sockets.push(socket);
          await prepare(socket);
        }),
      );
    }
  }

  /** Milliseconds from the command to send until the last socket has received the last of `count` messages. */
  async deliver(count: number, text = ''): Promise<number> {
    this.received = 0;
    this.expected = count * SOCKETS;
    const all = new Promise<void>(resolve => {
      this.done = resolve;
    });
    const began = performance.now();
    const sent = this.child.ask({ is: 'send', count, text });
    await all;
    const took = performance.now() - began;
    await sent;
    return took;
  }

  private count(): void {
    this.received += 1;
    if (this.received === this.expected) this.done?.();
  }
}

async function openSide(file: string): Promise<Side> {
  const child = await Child.start(file);
  const { port } = await child.ask<{ port: number }>({ is: 'ready' });
  return new Side(child, port);
}

async function textsOf(socket: CountingSocket, count: number): Promise<void> {
  while (socket.texts < count) await new Promise(resolve => setTimeout(resolve, 2));
}

async function heapPerSocket({ child }: Side, connect: () => Promise<void>): Promise<number> {
  const before = await child.ask<number>({ is: 'heap' });
  await connect();
  // Wait until the timers for connection_init have ended.
  await new Promise(resolve => setTimeout(resolve, 4000));
  return ((await child.ask<number>({ is: 'heap' })) - before) / SOCKETS / 1000;
}

async function measure(gateway: Side, raw: Side): Promise<Verdict[]> {
  const authorization = `Bearer ${await gateway.child.ask<string>({ is: 'token', userId: userId('admin@bss.example') })}`;
  const ours = await heapPerSocket(gateway, () =>
    gateway.connect(async socket => {
      socket.send({ type: 'connection_init', payload: { authorization } });
      await textsOf(socket, 1);
      socket.subscribe(DOCUMENT);
      await textsOf(socket, 2);
    }),
  );
  const theirs = await heapPerSocket(raw, () => raw.connect(async () => undefined));
  await gateway.deliver(1);
  const text = gateway.sockets[0]?.lastText ?? '';
  say(
    `${SOCKETS} sockets, a message of ${text.length} bytes, bursts of ${BURST}; milliseconds to the last socket:`,
  );
  say('| gateway, 1 | ws, 1 | gateway, burst | ws, burst |\n|-----:|-----:|-----:|-----:|');
  const one: number[] = [];
  const burst: number[] = [];
  for (let round = -2; round < ROUNDS; round += 1) {
    const times = [
      await gateway.deliver(1),
      await raw.deliver(1, text),
      await gateway.deliver(BURST),
      await raw.deliver(BURST, text),
    ] as const;
    if (round < 0) continue;
    say(`| ${times.map(time => time.toFixed(0)).join(' | ')} |`);
    one.push(times[1] / times[0]);
    burst.push(times[3] / times[2]);
  }
  say(`heap per socket: gateway ${ours.toFixed(1)} kB, ws ${theirs.toFixed(1)} kB\n`);
  return [
    { goal: 'one message at a time, of raw ws (at least 0.8)', reached: one, least: 0.8 },
    { goal: 'bursts, times raw ws with one write a message (at least 3)', reached: burst, least: 3 },
    { goal: 'heap per socket in kB (at most 12)', reached: [ours], most: 12 },
  ];
}

/** Cost of the stream, compared with the same bytes through `ws` alone. */
export const stream: Bench = {
  name: 'stream',
  what: `one message, and bursts of ${BURST}, to ${SOCKETS} sockets of one process, compared with raw ws`,
  async run() {
    const gateway = await openSide('gateway-server.js');
    const raw = await openSide('raw-server.js');
    try {
      return await measure(gateway, raw);
    } finally {
      gateway.child.stop();
      raw.child.stop();
    }
  },
};
