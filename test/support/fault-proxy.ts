import net from 'node:net';
import { FAULTLESS, type Faults, paced } from './paced';

/** A proxy before a server whose connections can be slow, fall silent, break, or not be made at all. */
export interface FaultProxy {
  /** The address of the server, through the proxy. */
  url: string;
  /** Number of connections made so far. */
  connected(): number;
  /** Connections that are there now vanish without a word: nothing is forwarded, nothing is closed. New ones work. */
  silence(): void;
  /** Closes the connections that are there now. */
  cut(): void;
  /** Closes each connection with this probability when a statement passes. */
  dropping(probability: number): void;
  /** Refuses new connections, or takes them again. */
  refuse(refuses: boolean): void;
  /** Sets faults of a kind that lasts; the others stay as they are. */
  set(faults: Partial<Faults>): void;
  /** Ends every fault. Connections that are silent stay so. */
  heal(): void;
  stop(): Promise<void>;
}

/** Starts a proxy before the server at `target`. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<{ near: net.Socket; far: net.Socket; silent: boolean }>();
  const faults: Faults = { ...FAULTLESS };
  let count = 0;
  const server = net.createServer(near => {
    if (faults.refuses) return near.destroy();
    count += 1;
    const far = net.connect(Number(port), hostname);
    const pair = { near, far, silent: faults.silent };
    let losing = false;
    pairs.add(pair);
    const [onward, back] = [paced(far, faults, () => faults.delayMs), paced(near, faults)];
    near.on('data', data => {
      if (Math.random() < faults.drop) near.destroy();
      else if (faults.reply) near.end(faults.reply);
      else if (!pair.silent) {
        losing ||= data.includes(faults.lose.text) && Math.random() < faults.lose.probability;
        onward.write(data);
      }
    });
    far.on('data', data => {
      if (losing) near.resetAndDestroy();
      else if (!pair.silent) back.write(data);
    });
    for (const [socket, other] of [
      [near, onward],
      [far, back],
    ] as const) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        if (!pair.silent) other.end();
      });
    }
    return undefined;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = String((server.address() as net.AddressInfo).port);
  const all = new Set<net.Socket>();
  server.on('connection', socket => {
    all.add(socket);
    socket.once('close', () => all.delete(socket));
  });
  const cut = () => {
    for (const { near, far } of pairs) for (const socket of [near, far]) socket.destroy();
  };
  return {
    url: url.toString(),
    connected: () => count,
    silence() {
      for (const pair of pairs) pair.silent = true;
    },
    cut,
    dropping: drop => void Object.assign(faults, { drop }),
    refuse: refuses => void Object.assign(faults, { refuses }),
    set: to => void Object.assign(faults, to),
    heal: () => void Object.assign(faults, FAULTLESS),
    async stop() {
      const closed = new Promise(resolve => server.close(resolve));
      cut();
      for (const socket of all) socket.destroy();
      await closed;
    },
  };
}
