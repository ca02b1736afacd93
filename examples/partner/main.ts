import { GraphQLRequestError } from '../../client';
import { credential } from './credential';
import { followCommand } from './follow';
import { reconcileCommand } from './nightly';
import { orderCommand } from './order';
import { receiveCommand } from './receive';
import { webhookCommand } from './webhook';

const COMMANDS: Record<string, (args: string[]) => Promise<void>> = {
  order: orderCommand,
  follow: followCommand,
  webhook: webhookCommand,
  receive: receiveCommand,
  reconcile: reconcileCommand,
};

const USAGE = `Usage: main.js COMMAND

Commands:
  order FILE   orders a sales order of the ERP for its customer
  follow       follows the orders and the subscriptions
  webhook      creates the webhook, once
  receive      receives the messages of the webhook
  reconcile    compares our records with the graph`;

async function main([name = '', ...args]: string[]): Promise<void> {
  const command = COMMANDS[name];
  if (!command) throw new Error(USAGE);
  try {
    await command(args);
  } finally {
    // So that the tokens of the session do not outlive the run. It expires by itself if the gateway cannot be reached.
    await credential.leave?.().catch(() => undefined);
  }
}

/** Writes an error for people. `Refused` has one line for each reason. */
function explain(error: unknown): string {
  if (error instanceof GraphQLRequestError) return `${error.codes.join(', ')} ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

main(process.argv.slice(2)).catch(error => {
  console.error(explain(error));
  process.exitCode = 1;
});
