import http from 'node:http';
import type net from 'node:net';
import { createAgent } from '../../../src/providers/http/agent';
import { exchange } from '../../../src/providers/http/exchange';
import { atTheEnd } from '../../support/cleanup';
import { answer, tcp } from '../../support/provider/canned-servers';

/** A server that answers every request on every connection, until `silence` is called: then only on new ones. */
async function server() {
  const open = new Set<net.Socket>();
  let requests = 0;
  const { port } = await tcp(socket => {
    open.add(socket);
    socket.on('data', () => {
      requests += 1;
      if (open.has(socket)) socket.write(answer(200, 'here'));
    });
  });
  return { port, sockets: open, requests: () => requests, silence: () => open.clear() };
}

const asking = (port: number, agent: http.Agent, timeoutMs = 10_000) =>
  exchange({
    method: 'POST',
    url: new URL(`http://127.0.0.1:${port}/`),
    agent,
    headers: {},
    body: 'work',
    timeoutMs,
  });

function agentOfTest(options = {}): http.Agent {
  const agent = createAgent('http:', options);
  atTheEnd(() => agent.destroy());
  return agent;
}

test('after a deadline on a kept connection the next attempt is on a fresh one', async () => {
  const { port, silence, sockets } = await server();
  const agent = agentOfTest();
  await Promise.all(Array.from({ length: 8 }, () => asking(port, agent)));
  expect(sockets.size).toBe(8);
  silence();
  const failed = await asking(port, agent, 200).catch((error: unknown) => error);
  expect(failed).toMatchObject({ reason: 'deadline', requestSent: true, isStale: true, isBlameless: true });
  expect(await asking(port, agent)).toMatchObject({ status: 200, body: 'here' });
  expect(sockets.size).toBe(1);
});

test('a timeout on a new connection counts against the provider', async () => {
  const { port } = await tcp(() => undefined);
  const failed = await asking(port, agentOfTest(), 200).catch((error: unknown) => error);
  expect(failed).toMatchObject({ reason: 'deadline', requestSent: true, isStale: false, isBlameless: false });
});

test('a kept connection that was reset before anything was sent costs no attempt', async () => {
  const { port, sockets, requests } = await server();
  const agent = agentOfTest();
  await asking(port, agent);
  for (const socket of sockets) socket.resetAndDestroy();
  expect(await asking(port, agent)).toMatchObject({ status: 200, body: 'here' });
  expect(requests()).toBe(2);
});

test('a kept connection that breaks after the request does not count against the provider', async () => {
  let requests = 0;
  const { port } = await tcp(socket => {
    socket.on('data', () => {
      requests += 1;
      if (requests === 2) socket.resetAndDestroy();
      else socket.write(answer(200, 'here'));
    });
  });
  const agent = agentOfTest();
  await asking(port, agent);
  const failed = await asking(port, agent).catch((error: unknown) => error);
  expect(failed).toMatchObject({ reason: 'connection', requestSent: true, isStale: true, isBlameless: true });
  expect(requests).toBe(2);
});

test('a connection that the system refuses was not made, so nothing was sent', async () => {
  const { port, requests } = await server();
  // No interface of this machine has the address: the system refuses the socket, as it does without descriptors.
  const failed = await asking(port, agentOfTest({ localAddress: '203.0.113.7' })).catch(error => error);
  expect(failed).toMatchObject({ reason: 'connection', requestSent: false });
  expect(requests()).toBe(0);
});

test('an idle connection is closed by the agent', async () => {
  const { port, sockets } = await server();
  const agent = agentOfTest();
  await asking(port, agent);
  const [socket] = sockets;
  const [kept] = Object.values(agent.freeSockets).flat();
  expect(kept?.timeout).toBe(4000);
  const closed = new Promise(resolve => socket?.once('close', resolve));
  kept?.emit('timeout');
  await closed;
  expect(Object.values(agent.freeSockets).flat()).toEqual([]);
});
