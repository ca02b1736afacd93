import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { elapse } from './until';

/** Mail as the server got it. */
export interface ReceivedMail {
  to: string;
  /** Text of the message, quoted-printable decoded. */
  source: string;
  messageId: string;
  subject: string;
  /** Tokens of its links. */
  token: string | undefined;
  /** Whether it came over TLS. */
  encrypted: boolean;
}

/**
 * What the server does with a mail: takes it, takes it and answers 100 ms later, refuses it for good or for now, takes it and
 * loses the answer, hangs after the content, or answers a byte at a time.
 */
export type MailBehaviour = 'take' | 'answer late' | 'refuse' | 'later' | 'lose answer' | 'hang' | 'drip';

/** A mail server that can be told to misbehave, and that can go away and come back at its port. */
export interface MailServer {
  /** For `SMTP_URL`. */
  url: string;
  /** Every mail that it took, in order. Twice where its answer was lost and the mail came again. */
  mails: ReceivedMail[];
  /** Connections so far. */
  connections: number;
  /** Asked for each address. */
  behave: (to: string) => MailBehaviour;
  /** What it does at a connection, before it knows an address. */
  greet: 'greet' | 'silent';
  /** Certificate with which it offers STARTTLS. */
  starttls?: SecureContext;
  /** Goes away, connections and all. */
  down(): Promise<void>;
  /** Comes back at the same port. */
  up(): Promise<void>;
}

/** Starts one on loopback. */
export async function startMailServer(): Promise<MailServer> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const self: MailServer = {
    url: '',
    mails: [],
    connections: 0,
    behave: () => 'take',
    greet: 'greet',
    async down() {
      const closing = server;
      server = undefined;
      if (!closing) return;
      closing.close();
      for (const socket of sockets) socket.destroy();
      await once(closing, 'close');
    },
    async up() {
      server = createServer(socket => {
        self.connections += 1;
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.once('close', () => sockets.delete(socket));
        if (self.greet === 'greet') converse(self, socket);
      });
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      ({ port } = server.address() as AddressInfo);
      self.url = `smtp://127.0.0.1:${port}/`;
    },
  };
  await self.up();
  return self;
}

/** Settings of a gateway process that sends its mails to a server. */
export const mailSettings = ({ url }: MailServer) => ({
  SMTP_URL: url,
  PUBLIC_URL: 'https://cloud.example/',
  MAIL_FROM: 'Skybasket <no-reply@skybasket.example>',
});

/** Answers to an address that is not taken. */
const AT_RECIPIENT: Partial<Record<MailBehaviour, string>> = {
  refuse: '550 5.1.1 No such mailbox',
  later: '451 4.7.1 Try again later',
};

function converse(server: MailServer, socket: Socket, encrypted = false): void {
  const offersTls = () => server.starttls !== undefined && !encrypted;
  socket.on('error', () => undefined);
  let buffer = '';
  let to = '';
  let inData = false;
  const answer = (line: string) => void (socket.writable && socket.write(`${line}\r\n`));
  const drip = () => {
    const timer = setInterval(() => socket.write('2'), 50);
    socket.once('close', () => clearInterval(timer));
  };
  const answers: [RegExp, (line: string) => void][] = [
    [/^(EHLO|HELO)/i, () => answer(offersTls() ? '250-mail.example\r\n250 STARTTLS' : '250 mail.example')],
    [
      /^STARTTLS/i,
      () => {
        const secureContext = server.starttls;
        if (!secureContext) return answer('502 No TLS here');
        answer('220 Go on');
        socket.removeAllListeners('data');
        converse(server, new TLSSocket(socket, { isServer: true, secureContext }), true);
      },
    ],
    [/^MAIL/i, () => answer('250 OK')],
    [
      /^RCPT/i,
      line => {
        to = /<(.*?)>/.exec(line)?.[1] ?? '';
        answer(AT_RECIPIENT[server.behave(to)] ?? '250 OK');
      },
    ],
    [
      /^DATA/i,
      () => {
        inData = true;
        answer('354 Go on');
      },
    ],
    [/^QUIT/i, () => void socket.end('221 Bye\r\n')],
  ];
  const command = (line: string) => {
    const [, act] = answers.find(([pattern]) => pattern.test(line)) ?? [];
    if (act) act(line);
    else answer('500 What?');
  };
  const content = (source: string) => {
    inData = false;
    const how = server.behave(to);
    if (how === 'hang') return;
    server.mails.push({ ...parse(to, source), encrypted });
    if (how === 'drip') return drip();
    if (how === 'answer late')
      return void elapse(100, 'an answer that is late').then(() => answer('250 Taken'));
    if (how === 'lose answer') return void socket.destroy();
    answer('250 Taken');
  };
  socket.on('data', chunk => {
    buffer += chunk.toString('latin1');
    for (;;) {
      const end = buffer.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const part = buffer.slice(0, end);
      buffer = buffer.slice(end + (inData ? 5 : 2));
      if (inData) content(part);
      else command(part);
    }
  });
  if (!encrypted) answer('220 mail.example');
}

function parse(to: string, raw: string): Omit<ReceivedMail, 'encrypted'> {
  const source = Buffer.from(
    raw
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
  const header = (name: string) =>
    new RegExp(`^${name}: (.*(?:\\r\\n .*)*)`, 'im').exec(source)?.[1]?.replace(/\r\n /g, ' ') ?? '';
  return {
    to,
    source,
    messageId: header('Message-ID'),
    subject: header('Subject'),
    token: /[?&]token=([\w.-]+)/.exec(source)?.[1],
  };
}
