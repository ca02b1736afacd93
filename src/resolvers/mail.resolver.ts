import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Mail, nullable } from '../entities';
import { type Context, requireActor } from '../services/context';
import { resendMail } from '../services/mails/resend-mail';
import { findMailsPage } from '../store';
import { loadVisible } from './load-visible';
import { MailConnection } from './types/connection';
import { Input } from './types/fields';
import { PageArgs } from './types/page-args';
import { changedObject, loadedPayload, PayloadMutation } from './types/payloads';
import { MailFilter, ResendMailInput } from './types/people';

const changed = loadedPayload('mail', (caller, id) => loadVisible(caller, Mail, id));

@Resolver(() => Mail)
export class MailResolver {
  @Query(() => MailConnection, {
    description: 'Mails of the last 90 days, or as many as are stored, newest first. Administrators only.',
  })
  async mails(
    @Arg('filter', () => MailFilter, nullable('Filter of the list.')) filter: MailFilter | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return MailConnection.of(await findMailsPage(db, actor, filter ?? {}, page));
  }

  @PayloadMutation(
    { mail: changedObject(Mail) },
    'Sends a mail again, as a new message. A mail that waits for its next attempt is attempted at once. Administrators only.',
  )
  resendMail(@Input() input: ResendMailInput, @Ctx() context: Context) {
    return changed(context, caller => resendMail(caller, input.mailId));
  }
}
