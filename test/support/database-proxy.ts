import net from 'node:net';

/** A way to a database whose connections can fall silent, be cut, or not be made at all. */
export interface DatabaseProxy {
  /** The address of the database, through the proxy. */
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
  stop(): Promise<void>;
}

/** Starts a proxy before the database at `target`. */
export async function startDatabaseProxy(target: string): Promise<DatabaseProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<{ near: net.Socket; far: net.Socket; silent: boolean }>();
  let count = 0;
  let probability = 0;
  let refuses = false;
  const server = net.createServer(near => {
    if (refuses) return near.destroy();
    count += 1;
    const far = net.connect(Number(port), hostname);
    const pair = { near, far, silent: false };
    pairs.add(pair);
    near.on('data', data => {
      if (probability > 0 && Math.random() < probability) near.destroy();
      else if (!pair.silent) far.write(data);
    });
    far.on('data', data => {
      if (!pair.silent) near.write(data);
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        if (!pair.silent) other.destroy();
      });
    }
    return undefined;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = String((server.address() as net.AddressInfo).port);
  const all: net.Socket[] = [];
  server.on('connection', socket => void all.push(socket));
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
    dropping(to) {
      probability = to;
    },
    refuse(to) {
      refuses = to;
    },
    async stop() {
      const closed = new Promise(resolve => server.close(resolve));
      cut();
      for (const socket of all) socket.destroy();
      await closed;
    },
  };
}
