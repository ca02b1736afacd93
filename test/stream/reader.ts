import WebSocket from 'ws';
import { followProvisioning, type ProvisioningMessage, type ProvisioningOptions } from '../../client';
import type { TestGateway } from '../support/gateway';

/** WebSockets that a test can cut, and whose frames it can read. */
export class Sockets {
  readonly opened: WebSocket[] = [];
  /** Every frame that came, in order. */
  readonly frames: string[] = [];
  readonly implementation: unknown;

  constructor() {
    const sockets = this;
    this.implementation = class extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols);
        sockets.opened.push(this);
        this.on('message', data => sockets.frames.push(String(data)));
      }
    };
  }

  /** As a broken network does it: no closing handshake. */
  cut(): void {
    this.opened.at(-1)?.terminate();
  }
}

/** Follows as a demo user, with the client that front-end engineers copy. */
export function read(
  gateway: TestGateway,
  email: string,
  options: Partial<ProvisioningOptions> = {},
): AsyncIterableIterator<ProvisioningMessage> {
  return followProvisioning({
    url: gateway.url.replace('http', 'ws').concat('/graphql'),
    token: () => gateway.token(email),
    webSocketImpl: WebSocket,
    ...options,
  });
}

/** Reads until `isLast`, and leaves. */
export async function readUntil(
  messages: AsyncIterable<ProvisioningMessage>,
  isLast: (message: ProvisioningMessage, count: number) => boolean,
): Promise<ProvisioningMessage[]> {
  const got: ProvisioningMessage[] = [];
  for await (const message of messages) {
    got.push(message);
    if (isLast(message, got.length)) break;
  }
  return got;
}

/** Whether a message tells that its operation has succeeded. */
export const succeeded = (message: ProvisioningMessage): boolean =>
  message.__typename === 'ProvisioningUpdate' &&
  message.step === null &&
  message.operationState === 'SUCCEEDED';

/** What a message tells of, apart from the operation, which is shown as it is when the message is sent. */
export function told(message: ProvisioningMessage): unknown {
  if (message.__typename !== 'ProvisioningUpdate') return message;
  const { operation, ...rest } = message;
  return { ...rest, operationId: operation.id };
}
