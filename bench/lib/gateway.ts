import { runGateway } from '../../src/main';
import { announce } from './processes';

/** Entry point of a gateway process, as in production. */
runGateway(process.env, ({ url }) => announce(url)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
