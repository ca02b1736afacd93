import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSender, GraphQLRequestError, SIGN_IN, type TypedDocument, type UserError } from '../../client';
import { type RetriedResult, retryDuringOutage } from './retry-during-outage';

const PASSWORD = 'demo';
const BUSY_PAUSE_MS = 200;
const MAX_BUSY_RETRIES = 150;

/** Signed-in user of the demo data. */
export class DemoUser {
  private readonly endpoint: string;
  private token: string | undefined;

  constructor(
    /** Root URL of the gateway, without a slash at the end. */
    url: string,
    readonly email: string,
  ) {
    this.endpoint = `${url}/graphql`;
  }

  /** URL of streams. */
  get socketUrl(): string {
    return this.endpoint.replace(/^http/, 'ws');
  }

  /** Signs in again, for a new access token. */
  async freshToken(): Promise<string> {
    const send = createSender({ url: this.endpoint });
    const { signIn } = await send(SIGN_IN, { input: { email: this.email, password: PASSWORD } });
    if (!signIn.token) {
      const why = signIn.errors.map(({ message }) => message).join(' ');
      throw new GraphQLRequestError([
        {
          message: `${this.email} can't sign in: ${why} Has the gateway the demo data?`,
          extensions: { code: 'WRONG_CREDENTIALS' },
        },
      ]);
    }
    this.token = signIn.token;
    return signIn.token;
  }

  /** Sends a document, with retries. */
  attempt<Data, Variables>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
  ): Promise<RetriedResult<Data>> {
    const send = createSender({
      url: this.endpoint,
      token: () => this.token ?? this.freshToken(),
    });
    return retryDuringOutage(async () => {
      try {
        return await send(document, variables);
      } catch (error) {
        if (!(error instanceof GraphQLRequestError) || !error.codes.includes('UNAUTHENTICATED')) throw error;
        await this.freshToken();
        return send(document, variables);
      }
    });
  }

  /** Sends an idempotent document, with retries. */
  async send<Data, Variables>(document: TypedDocument<Data, Variables>, variables: Variables): Promise<Data> {
    return (await this.attempt(document, variables)).value;
  }

  /** Sends a mutation with an idempotency key, with retries. */
  async keyed<Field extends string, Payload extends { errors: UserError[] }, Input>(
    document: TypedDocument<{ [field in Field]: Payload }, { input: Input & { idempotencyKey: string } }>,
    input: Input,
    idempotencyKey: string = randomUUID(),
  ): Promise<Payload> {
    for (let tries = 1; ; tries += 1) {
      const data = await this.send(document, { input: { ...input, idempotencyKey } });
      const [payload] = Object.values<Payload>(data);
      if (!payload) throw new Error('The response has no payload');
      // The first call can still be running after its connection broke.
      const running = payload.errors.some(({ code }) => code === 'IDEMPOTENCY_IN_PROGRESS');
      if (!running || tries === MAX_BUSY_RETRIES) return payload;
      await sleep(BUSY_PAUSE_MS);
    }
  }
}
