import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Account, User } from '../entities';
import { type Context, signedIn } from '../services/context';
import { signIn } from '../services/identity/sign-in';
import { present } from './per-context';
import { SignInInput } from './types/inputs';
import { answer, SignInPayload } from './types/payloads';

@Resolver(() => User)
export class IdentityResolver {
  @Query(() => User, { description: 'Who is signed in.' })
  async viewer(@Ctx() context: Context): Promise<User> {
    const { actor, load } = signedIn(context);
    return present(await load.user.load(actor.userId));
  }

  @Mutation(() => SignInPayload, { description: 'Gives a bearer token for an e-mail and its password.' })
  signIn(
    @Arg('input', () => SignInInput, { description: 'What is asked for.' }) input: SignInInput,
    @Ctx() context: Context,
  ): Promise<SignInPayload> {
    const nothing = { token: null, expiresAt: null, viewer: null };
    return answer<SignInPayload>(nothing, async () => {
      const { token, expiresAt, user, context: asUser } = await signIn(context, input);
      // What else the document selects is answered as the user who has just signed in.
      Object.assign(context, asUser);
      return { token, expiresAt, viewer: user };
    });
  }

  @FieldResolver(() => Account, { nullable: true, description: 'Null for BSS staff.' })
  account(@Root() user: User, @Ctx() { load }: Context): Promise<Account | null> | null {
    return user.accountId === null ? null : load.account.load(user.accountId);
  }
}
