import { runGateway } from '../../src/main';
import { announce } from './processes';

/** The gateway as it is served in production, in a process of its own. */
runGateway(process.env, ({ url }) => announce(url)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
