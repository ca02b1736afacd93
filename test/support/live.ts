import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { TestGateway } from './gateway';

/** A GraphQL subscription that a test reads message by message. */
export interface Watch<T = any> {
  /** The next message; the test's own time limit is how long it waits. */
  next(): Promise<T>;
  stop(): Promise<void>;
}

/** What to follow, as whom. */
export interface Following<T = any> {
  gateway: TestGateway;
  email: string;
  query: string;
  variables?: Record<string, unknown>;
  /** Called with every message as it comes; `next` passes over those for which it says no. */
  wanted?: (data: T) => boolean;
}

/** Subscribes as a demo user over WebSocket. */
export async function watch<T = any>(following: Following<T>): Promise<Watch<T>> {
  const { gateway, email, query, variables = {}, wanted = () => true } = following;
  const token = await gateway.token(email);
  const client = createClient({
    url: `${gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  const got: Promise<T>[] = [];
  const waiting: ((message: Promise<T>) => void)[] = [];
  const deliver = (message: Promise<T>) => {
    message.catch(() => undefined);
    const reader = waiting.shift();
    if (reader) reader(message);
    else got.push(message);
  };
  const sink = {
    next({ data, errors }: { data?: T | null | undefined; errors?: unknown }) {
      if (errors) deliver(Promise.reject(new Error(JSON.stringify(errors))));
      else if (wanted(data as T)) deliver(Promise.resolve(data as T));
    },
    error: (errors: unknown) => deliver(Promise.reject(new Error(JSON.stringify(errors)))),
    complete: () => deliver(Promise.reject(new Error('The stream has ended.'))),
  };
  client.subscribe<T>({ query, variables }, sink);
  return {
    next: () => got.shift() ?? new Promise<T>(resolve => waiting.push(resolve)),
    stop: async () => client.dispose(),
  };
}
