import { insistOn } from './gateway-process';
import type { MailServer } from './mail-server';
import type { Rows } from './rows';
import { newKey } from './shop';

const INVITE = `mutation ($input: InviteUserInput!) { inviteUser(input: $input) {
  invitation { id mail { id } } errors { code message } } }`;

type Send = (token: string | null, query: string, variables: object) => Promise<Record<string, any>>;

/** Invitations as a load of mails: each is sent to an address of its own, and repeated until a gateway answers. */
export function invitationsLoad({ send, rows, token }: { send: Send; rows: Rows; token: string }) {
  const mailIds: string[] = [];
  return {
    /** Ids of the mails that were promised. */
    mailIds,
    async invite(): Promise<void> {
      const nth = mailIds.length;
      // The limit of a sender is not what is tested.
      if (nth % 50 === 0) await rows('DELETE FROM guess_counts');
      const input = {
        ...{ name: 'Load', email: `load-${nth}-${newKey()}@people.example`, roles: ['ACCOUNT_MANAGER'] },
        idempotencyKey: newKey(),
      };
      const { inviteUser } = await insistOn(() => send(token, INVITE, { input }));
      if (inviteUser.errors.length > 0) throw new Error(JSON.stringify(inviteUser.errors));
      mailIds.push(inviteUser.invitation.mail.id);
    },
    /** Mails that `server` took: how many times each, by the id in its Message-ID. */
    taken({ mails }: MailServer): Map<string, number> {
      const times = new Map<string, number>();
      for (const { messageId } of mails) {
        const id = /^<(mail_\w+)\.1@/.exec(messageId)?.[1] ?? messageId;
        times.set(id, (times.get(id) ?? 0) + 1);
      }
      return times;
    },
    /** Number of mails that are not sent. */
    async unsent(): Promise<number> {
      const [row] = await rows(`SELECT COUNT(*) AS n FROM mails WHERE state <> 'SENT'`);
      return Number(row?.n);
    },
  };
}
