import type { AppOptions } from '../../src/app-options';
import { startTestGateway, type TestConfig, type TestGateway, usualMail } from './gateway';
import { type MailServer, type ReceivedMail, startMailServer } from './mail-server';
import { newKey, shopper } from './shop';
import { found, until } from './until';

const INVITATION = `invitation { id email name roles state sentAt expiresAt user { id email } invitedBy { name }
  mail { id to subject state attempts error } }`;
const MAIL = 'id to subject state attempts error createdAt sentAt';

/** A gateway with a mail server, and what people do with both. */
export async function startMailGateway(
  options: AppOptions = {},
  config: TestConfig = {},
  urlOf: (server: MailServer) => string = ({ url }) => url,
) {
  const server = await startMailServer();
  const gateway = await startTestGateway(options, {
    ...config,
    mail: usualMail({ server: urlOf(server), ...config.mail }),
  });
  return {
    gateway,
    server,
    ...mailActions(gateway, server),
    async stop() {
      await gateway.stop();
      await server.down();
    },
  };
}

function mailActions(gateway: TestGateway, server: MailServer) {
  const anonymous = async (name: string, input: object, selection = '') => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const { data, errors } = await gateway.send(
      null,
      `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} errors { code message path } } }`,
      { input },
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data[name];
  };
  const as = (email: string, name: string, input: object, selection: string) =>
    shopper(gateway, email).call(name, `${name[0]?.toUpperCase()}${name.slice(1)}Input`, input, selection);
  return {
    anonymous,
    invite: (email: string, input: object) =>
      as(email, 'inviteUser', { idempotencyKey: newKey(), ...input }, `${INVITATION} user { id }`),
    resend: (email: string, invitationId: string) =>
      as(email, 'resendInvitation', { invitationId }, INVITATION),
    revoke: (email: string, invitationId: string) =>
      as(email, 'revokeInvitation', { invitationId }, 'invitation { id state }'),
    accept: (token: string, password = 'a password of my own') =>
      anonymous(
        'acceptInvitation',
        { token, password },
        'token refreshToken expiresAt viewer { id email roles }',
      ),
    forget: (email: string) => anonymous('requestPasswordReset', { email }),
    reset: (token: string, newPassword = 'a new password of mine') =>
      anonymous('resetPassword', { token, newPassword }),
    sendAgain: (mailId: string) => as('admin@bss.example', 'resendMail', { mailId }, `mail { ${MAIL} }`),
    /** Mails as an administrator sees them, newest first. */
    async mails(filter: object = {}): Promise<any[]> {
      const query = `query ($filter: MailFilter) { mails(filter: $filter, first: 100) { nodes { ${MAIL} } } }`;
      const { data } = await gateway.send(await gateway.token('admin@bss.example'), query, { filter });
      return data.mails.nodes;
    },
    /** The nth mail to an address, from 1. */
    mailTo: (to: string, nth = 1): Promise<ReceivedMail> =>
      found(() => server.mails.filter(mail => mail.to === to)[nth - 1], { what: `mail ${nth} to ${to}` }),
    /** Waits until no mail is pending. */
    delivered: () =>
      until(
        async () => {
          const [row] = await gateway.rows(`SELECT COUNT(*) AS n FROM mails WHERE state = 'PENDING'`);
          return row?.n === 0;
        },
        { what: 'no mail is pending' },
      ),
  };
}

/** What `startMailGateway` starts. */
export type MailGateway = Awaited<ReturnType<typeof startMailGateway>>;
