import { demoId } from '../../dev/demo-data/ids';
import type { TestGateway } from '../support/gateway';
import { connect } from '../support/sockets';
import type { World } from './worlds';

/** Nodes that belong to nobody. */
const catalog = {
  Service: demoId('svc', 'impossible-cloud-storage'),
  Category: demoId('cat', 'impossible-cloud'),
  Product: demoId('prod', 'IC-BASE-1TB'),
  Addon: demoId('add', 'IC-ADD-1TB'),
  PriceList: demoId('pl', 'public'),
  CatalogImport: demoId('imp', 'matrix'),
};

/** What a caller gets: a code, or whether there is anything of it in the answer. */
function shown({ data, errors }: { data: any; errors?: any }): string {
  if (errors) return errors[0].extensions.code;
  const empty = (value: any): boolean =>
    value === null ||
    (Array.isArray(value) ? value.every(empty) : 'nodes' in Object(value) && value.nodes.length === 0);
  return Object.values(data).every(empty) ? '-' : 'seen';
}

/** Asks the questions of the matrix with a token; each answer is a cell. */
export async function createQuestioner(gateway: TestGateway) {
  const { data } = await gateway.send(null, '{ providers { id name } }');
  const [{ id: providerId, name: provider }] = data.providers;
  await gateway.rows(
    `INSERT INTO catalog_imports (id, provider, state, total, done, changes, startedAt) VALUES (?, ?, 'RUNNING', 1, 0, '[]', NOW(3))`,
    [catalog.CatalogImport, provider],
  );
  const nodes: Record<string, string> = { ...catalog, Provider: providerId };
  return {
    async node(type: string, world: World, token: string | null): Promise<string> {
      const id = nodes[type] ?? world[type as keyof World];
      return shown(await gateway.send(token, 'query ($id: ID!) { node(id: $id) { id } }', { id }));
    },

    query: async (question: string, token: string | null): Promise<string> =>
      shown(await gateway.send(token, `{ ${question} }`)),

    async mutation(name: string, question: string, token: string | null): Promise<string> {
      const answer = await gateway.send(token, `mutation { ${question} { errors { code path } } }`);
      if (answer.errors) return answer.errors[0]?.extensions.code ?? '';
      const [error] = answer.data[name].errors;
      return error ? [error.code, ...(error.path ?? [])].join(' ') : 'done';
    },

    async stream(question: string, world: World, token: string | null): Promise<string> {
      const client = await connect(gateway.url, token);
      client.send({ type: 'subscribe', id: '1', payload: { query: `subscription { ${question} }` } });
      const message = await client.next(({ id, type }) => id === '1' || type === 'never');
      client.socket.terminate();
      const { payload } = message;
      if (message.type === 'error') return payload[0].extensions.code;
      if (payload.errors) return payload.errors[0].extensions.code;
      const { requests } = payload.data.cancellationUpdates ?? {};
      const seen = !requests || requests.some(({ id }: any) => id === world.CancellationRequest);
      return seen ? 'seen' : '-';
    },

    /** Everything that a mutation about a world could have written to. */
    rowsOf({
      Account,
      Basket,
      CloudSubscription,
      Order,
      CancellationRequest,
      SubscriptionChange,
      Charge,
    }: World): Promise<unknown> {
      const tables = {
        accounts: Account,
        baskets: Basket,
        subscriptions: CloudSubscription,
        orders: Order,
        cancellation_requests: CancellationRequest,
        subscription_changes: SubscriptionChange,
        charges: Charge,
      };
      const rows = Object.entries(tables).map(([table, id]) =>
        gateway.rows(`SELECT * FROM ${table} WHERE id = ?`, [id]),
      );
      const others = ['order_lines', 'operations', 'users'].map(table =>
        gateway.rows(`SELECT * FROM ${table} ORDER BY id`),
      );
      return Promise.all([...rows, ...others]);
    },
  };
}

/** What `createQuestioner` gives. */
export type Questioner = Awaited<ReturnType<typeof createQuestioner>>;
