import { once } from 'node:events';
import { connect } from 'node:net';
import { startTestGateway } from '../support/gateway';

test.each([
  ['has said nothing', ''],
  ['has not come to the end of a request', 'POST /graphql HTTP/1.1\r\nhost: x\r\n'],
])('a connection that %s does not keep the gateway from stopping', async (_, said) => {
  const gateway = await startTestGateway();
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(said);
  // A request that comes later is answered later: by then the gateway knows of the other connection.
  await gateway.send(null, '{ __typename }');
  const closed = once(socket, 'close');
  await gateway.stop();
  await closed;
});
