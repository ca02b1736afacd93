import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Body } from './templates';

/** Message for the mail server. */
export interface OutgoingMail extends Body {
  to: string;
  subject: string;
  /** The same for every attempt: a recipient recognizes a mail that was sent twice because an answer was lost. */
  messageId: string;
}

/** Failed delivery to the mail server. */
export class MailFault extends Error {
  /** @param isPermanent whether the server refused this mail for good (SMTP 5xx). */
  constructor(
    message: string,
    readonly isPermanent: boolean,
  ) {
    super(message);
  }
}

/** Sends mails. */
export interface MailSender {
  /** Resolves when the server has accepted the mail. Rejects with a `MailFault`, also after the deadline or an abort. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
}

/** Settings of the mail server. */
export interface ServerSettings {
  server: string;
  from: string;
  timeoutMs: number;
}

/** Longest time for a connection, and for the greeting, in milliseconds. */
const CONNECT_MS = 5000;
/** Longest error that is stored. */
const MAX_ERROR = 500;

/**
 * Creates the sender. Each mail has a connection and a deadline of its own, so that a server that hangs or is slow delays no
 * other mail. The socket is ours, because nodemailer bounds inactivity only: a server that sends a byte at a time holds it.
 */
export function createMailSender({ server, from, timeoutMs }: ServerSettings): MailSender {
  return {
    async send({ to, ...mail }, signal) {
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const transport = createTransport({
        url: server,
        connectionTimeout: Math.min(CONNECT_MS, timeoutMs),
        greetingTimeout: Math.min(CONNECT_MS, timeoutMs),
        socketTimeout: timeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
        getSocket: ({ host, port, secure }, callback) => {
          const socket = openSocket(host, Number(port ?? (secure ? 465 : 587)), deadline);
          let isConnected = false;
          // Stays, so that no error is without a listener while nodemailer takes the socket over.
          socket.on('error', error => {
            if (!isConnected) callback(error);
          });
          socket.once('connect', () => {
            isConnected = true;
            callback(null, { connection: socket });
          });
        },
      });
      try {
        // An object, because a text would be parsed as a list of recipients.
        await transport.sendMail({ from, to: { name: '', address: to }, ...mail });
      } catch (error) {
        throw toFault(error, deadline.aborted && !signal.aborted ? timeoutMs : undefined);
      }
    },
  };
}

function openSocket(host: string | undefined, port: number, deadline: AbortSignal): Socket {
  const socket = connect({ host: host ?? 'localhost', port });
  const stop = () => socket.destroy(new Error('The deadline was exceeded'));
  const late = setTimeout(stop, CONNECT_MS);
  socket.once('connect', () => clearTimeout(late));
  deadline.addEventListener('abort', stop, { once: true });
  socket.once('close', () => {
    clearTimeout(late);
    deadline.removeEventListener('abort', stop);
  });
  if (deadline.aborted) stop();
  return socket;
}

/** Converts an error of nodemailer. Only a refused recipient or content is permanent: the rest is ours to correct. */
function toFault(error: unknown, timeoutMs: number | undefined): MailFault {
  if (timeoutMs !== undefined)
    return new MailFault(`The mail server did not finish within ${timeoutMs / 1000} seconds.`, false);
  const {
    message,
    responseCode = 0,
    command = '',
  } = error as Error & {
    responseCode?: number;
    command?: string;
  };
  const isPermanent = responseCode >= 500 && /^(RCPT TO|DATA)/.test(command);
  return new MailFault(message.replace(/\s+/g, ' ').slice(0, MAX_ERROR), isPermanent);
}

/** Domain of a sender such as `Skybasket <no-reply@shop.example>`. */
export const senderDomain = (from: string): string => /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
