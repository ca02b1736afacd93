import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import type { TestGateway } from './gateway';
import { newKey } from './shop';
import { until, type Waiting } from './until';

/** A provisioning stream with what tests compare. */
export const PROVISIONING = `subscription ($orderId: ID, $subscriptionId: ID, $after: StreamCursor) {
  provisioningUpdates(orderId: $orderId, subscriptionId: $subscriptionId, after: $after) { __typename
    ... on ProvisioningSnapshot { cursor operations { id state progress steps { name state } } }
    ... on ProvisioningUpdate { cursor step stepState operationState message
      operation { id state progress steps { name state } } }
    ... on StreamReset { cursor reason } } }`;

/** A cancellation stream with what tests compare. */
export const CANCELLATIONS = `subscription ($after: StreamCursor) {
  cancellationUpdates(after: $after) { __typename
    ... on CancellationSnapshot { cursor truncated requests { id state } }
    ... on CancellationUpdate { cursor request { id state } }
    ... on StreamReset { cursor reason } } }`;

/** The number of the event that a cursor stands after. */
export const seqOf = (cursor: string): number => Number.parseInt(cursor.split('-')[0] ?? '', 36);

/** A client that collects what one subscription sends it. */
export class Listener {
  readonly messages: Record<string, any>[] = [];
  readonly errors: string[] = [];
  completed = false;
  closed: { code: number; reason: string } | undefined;
  socket: WebSocket | undefined;
  private readonly client: Client;

  constructor(
    url: string,
    token: string,
    query: string,
    readonly variables: Record<string, unknown> = {},
  ) {
    this.client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      on: {
        connected: socket => {
          this.socket = socket as WebSocket;
        },
        closed: event => {
          const { code, reason } = event as { code: number; reason: string };
          this.closed = { code, reason };
        },
      },
    });
    this.client.subscribe<Record<string, any>>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          for (const error of errors ?? []) this.errors.push(String(error.extensions?.code));
          if (data) this.messages.push(Object.values(data)[0]);
        },
        error: error => {
          if (Array.isArray(error)) this.errors.push(String(error[0]?.extensions?.code));
        },
        complete: () => {
          this.completed = true;
        },
      },
    );
  }

  /** Of the last message. */
  get cursor(): string | undefined {
    return this.messages.at(-1)?.cursor;
  }

  /** Numbers of the updates, in the order in which they came. */
  get seqs(): number[] {
    return this.messages
      .filter(({ __typename }) => !['ProvisioningSnapshot', 'StreamReset'].includes(__typename))
      .map(({ cursor }) => seqOf(cursor));
  }

  /** Waits for so many messages. */
  async has(count: number, waiting: Waiting = {}): Promise<this> {
    await until(() => this.messages.length >= count, {
      what: `message ${count} of ${JSON.stringify(this.variables)}`,
      open: () => {
        const { messages, errors, closed } = this;
        return { received: messages.length, last: messages.at(-1), errors, closed };
      },
      ...waiting,
    });
    return this;
  }

  /** Cuts the line as a lost network does, or says goodbye. */
  async stop(abruptly = false): Promise<void> {
    if (abruptly) this.socket?.terminate();
    await this.client.dispose();
  }
}

/**
 * Waits until every event that is committed has its number and the gateway has read it: `catchUp` alone promises that only
 * of what was numbered before.
 */
export async function numbered({ app, rows }: TestGateway): Promise<void> {
  const open = () => rows('SELECT id, type, message FROM events WHERE seq IS NULL');
  await until(async () => (await open()).length === 0, { what: 'every event has its number', open });
  await app.deps.events.catchUp();
}

/** The numbers of the events of provisioning after `seq`, as the log has them. */
export async function loggedSeqs(gateway: TestGateway, seq: number): Promise<number[]> {
  await numbered(gateway);
  const rows = await gateway.rows<{ seq: number }>(
    `SELECT seq FROM events WHERE seq > ? AND type IN ('operation.created', 'operation.changed', 'step.changed')
     ORDER BY seq`,
    [seq],
  );
  return rows.map(row => row.seq);
}

/** The last number in the log. */
export async function lastSeq(gateway: TestGateway): Promise<number> {
  const [row] = await gateway.rows<{ last: number }>('SELECT last FROM sequencer');
  return row?.last ?? 0;
}

/** A manager's order of `lines` backups for an account, executed; resolves to its id. */
export async function orderBackups(
  gateway: TestGateway,
  { lines, account = 'Northwind Traders', manager = 'manager@bss.example' } = { lines: 1 } as {
    lines: number;
    account?: string;
    manager?: string;
  },
): Promise<string> {
  const token = await gateway.token(manager);
  const line = (index: number) => ({
    productId: demoId('prod', 'CB-SERVER'),
    friendlyName: `Server ${index}`,
  });
  const placed = await gateway.send(
    token,
    'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } errors { message } } }',
    {
      input: {
        recipientId: accountId(account),
        idempotencyKey: newKey(),
        lines: Array.from({ length: lines }, (_, index) => line(index)),
      },
    },
  );
  const orderId = placed.data.placeOrder.order?.id;
  if (!orderId) throw new Error(JSON.stringify(placed));
  const executed = await gateway.send(
    token,
    'mutation ($input: ExecuteOrderInput!) { executeOrder(input: $input) { order { id } errors { message } } }',
    { input: { orderId, idempotencyKey: newKey() } },
  );
  if (!executed.data.executeOrder.order) throw new Error(JSON.stringify(executed));
  return orderId;
}
