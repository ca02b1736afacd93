import { accountId, userId } from '../../dev/demo-data';
import { type Administrator, administrator } from '../support/administrator';
import { codes } from '../support/errors';
import { type MailGateway, startMailGateway } from '../support/mails';
import { newKey } from '../support/shop';
import { signIn } from '../support/sign-in';
import { counts, writingNothing } from '../support/tables';

const SKYLINE = accountId('Skyline IT');
const ALPINE = accountId('Alpine Dental');
const NORTHWIND = accountId('Northwind Traders');
const HARBOR = accountId('Harbor Cloud');

const RESELLER = 'sales@skyline.example';
const MANAGER = 'manager@bss.example';
const ADMIN = 'admin@bss.example';
const DIRECT = 'buyer@northwind.example';

let world: MailGateway;
let admin: Administrator;
beforeAll(async () => {
  world = await startMailGateway();
  admin = administrator(world.gateway);
});
afterAll(() => world.stop());

let made = 0;
const fresh = (more: object = {}) => {
  made += 1;
  return { name: `New ${made}`, email: `new-${made}@people.example`, roles: ['CUSTOMER'], ...more };
};
const invite = (as: string, more: object = {}) => world.invite(as, fresh(more));
const linkOf = async (email: string, nth = 1) => (await world.mailTo(email, nth)).token ?? '';

test('an invited person chooses a password, is signed in, and the link ends', async () => {
  const { gateway } = world;
  const { invitation, user, errors } = await invite(RESELLER, { accountId: ALPINE });
  expect(errors).toEqual([]);
  expect(user).toBeNull();
  expect(invitation).toMatchObject({
    email: `new-${made}@people.example`,
    name: `New ${made}`,
    roles: ['CUSTOMER'],
    state: 'PENDING',
    user: null,
    mail: { subject: 'Invitation to Alpine Dental', to: `new-${made}@people.example` },
  });
  const mail = await world.mailTo(invitation.email);
  expect(mail.source).toContain(`https://cloud.example/accept-invitation?token=${mail.token}`);
  const token = mail.token ?? '';
  await writingNothing(gateway, async () => {
    expect((await world.accept(token, 'short')).errors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['password'] },
    ]);
  });
  const accepted = await world.accept(token);
  expect(accepted).toMatchObject({ errors: [], viewer: { email: invitation.email, roles: ['CUSTOMER'] } });
  const { data } = await gateway.send(accepted.token, '{ viewer { account { name } } basket { id } }');
  expect(data.viewer.account.name).toBe('Alpine Dental');
  expect((await signIn(gateway, invitation.email, 'a password of my own')).errors).toEqual([]);
  await writingNothing(gateway, async () => {
    const again = await world.accept(token, 'another password of mine');
    expect(again).toMatchObject({
      token: null,
      viewer: null,
      errors: [{ code: 'TOKEN_INVALID', path: ['token'] }],
    });
  });
  const list = await gateway.send(
    await gateway.token(RESELLER),
    'query ($id: ID!) { account(id: $id) { invitations { nodes { state user { email } sentAt } totalCount } } }',
    { id: ALPINE },
  );
  const [first] = list.data.account.invitations.nodes;
  expect(first).toMatchObject({ state: 'ACCEPTED', user: { email: invitation.email } });
  expect(first.sentAt).not.toBeNull();
});

test('of nine concurrent uses of one link, one creates the user', async () => {
  const { invitation } = await invite(RESELLER, { accountId: ALPINE });
  const token = await linkOf(invitation.email);
  const before = await counts(world.gateway, 'users', 'baskets');
  const answers = await Promise.all(
    Array.from({ length: 9 }, (_, nth) => world.accept(token, `a password of my own ${nth}`)),
  );
  expect(answers.filter(answer => answer.token)).toHaveLength(1);
  expect(await counts(world.gateway, 'users', 'baskets')).toEqual({
    users: before.users + 1,
    baskets: before.baskets + 1,
  });
});

/** Who invites whom: inviter, account, roles, and the refusal if there is one. */
const TABLE: [string, string | null, string[], string | null][] = [
  [RESELLER, ALPINE, ['CUSTOMER'], null],
  [RESELLER, SKYLINE, ['RESELLER'], null],
  [RESELLER, null, ['RESELLER'], null],
  [RESELLER, NORTHWIND, ['CUSTOMER'], 'NOT_FOUND accountId'],
  [RESELLER, HARBOR, ['RESELLER'], 'NOT_FOUND accountId'],
  [RESELLER, ALPINE, ['RESELLER'], 'INVALID_INPUT roles'],
  [RESELLER, null, ['ADMINISTRATOR'], 'INVALID_INPUT roles'],
  [MANAGER, ALPINE, ['CUSTOMER'], null],
  [MANAGER, SKYLINE, ['RESELLER'], null],
  [MANAGER, HARBOR, ['RESELLER'], 'NOT_FOUND accountId'],
  [MANAGER, null, ['ACCOUNT_MANAGER'], 'FORBIDDEN'],
  [DIRECT, NORTHWIND, ['CUSTOMER'], null],
  [DIRECT, null, ['CUSTOMER'], null],
  [DIRECT, ALPINE, ['CUSTOMER'], 'NOT_FOUND accountId'],
  [DIRECT, null, ['RESELLER'], 'INVALID_INPUT roles'],
  [ADMIN, HARBOR, ['RESELLER'], null],
  [ADMIN, null, ['ACCOUNT_MANAGER'], null],
  [ADMIN, null, ['CUSTOMER'], 'INVALID_INPUT roles'],
];

test.each(TABLE)('%s invites for %s as %j: %s', async (as, account, roles, refusal) => {
  const input = { roles, ...(account && { accountId: account }) };
  if (refusal === null) {
    expect((await invite(as, input)).errors).toEqual([]);
    return;
  }
  const [code, path] = refusal.split(' ');
  // The mail of the invitation before may still be on its way.
  await world.delivered();
  const answer = await writingNothing(world.gateway, () => invite(as, input));
  expect(answer).toMatchObject({ invitation: null, errors: [{ code, path: path ? [path] : null }] });
});

test('end customers invite nobody, and a user that lost its account link cannot be invited by another tenant', async () => {
  const { user } = (await admin.does('createUser', {
    ...fresh({ accountId: ALPINE }),
    password: 'a password of my own',
  })) as any;
  const refused = await writingNothing(world.gateway, () => invite(user.email));
  expect(refused.errors).toMatchObject([{ code: 'FORBIDDEN', path: ['roles'] }]);
});

test('an address that has a user is invited like any other: only the mail tells its owner', async () => {
  const email = 'sales@harbor.example';
  const { invitation, user, errors } = await invite(RESELLER, { email, accountId: ALPINE });
  expect([errors, user, invitation.user, invitation.state]).toEqual([[], null, null, 'PENDING']);
  const mail = await world.mailTo(email);
  expect(mail.token).toBeUndefined();
  expect(mail.source).toContain('Your address has a user already');
  expect(mail.subject).toBe('Invitation to Alpine Dental');
});

test('an address that gets a user before the link is used makes the link invalid', async () => {
  const { invitation } = await invite(RESELLER, { accountId: ALPINE });
  const token = await linkOf(invitation.email);
  await admin.does('createUser', { ...fresh({ accountId: ALPINE }), email: invitation.email });
  await writingNothing(world.gateway, async () => {
    expect(codes(await world.accept(token))).toEqual(['TOKEN_INVALID']);
  });
});

test('an invitation that is sent again has a new link; the previous one ends', async () => {
  const { invitation } = await invite(RESELLER, { accountId: ALPINE });
  const old = await linkOf(invitation.email);
  const { errors, invitation: again } = await world.resend(MANAGER, invitation.id);
  expect([errors, again.id, again.state]).toEqual([[], invitation.id, 'PENDING']);
  const link = await linkOf(invitation.email, 2);
  expect(link).not.toBe(old);
  await writingNothing(world.gateway, async () => {
    expect(codes(await world.accept(old))).toEqual(['TOKEN_INVALID']);
  });
  expect((await world.accept(link)).errors).toEqual([]);
  await writingNothing(world.gateway, async () => {
    expect((await world.resend(RESELLER, invitation.id)).errors).toMatchObject([
      { code: 'INVALID_STATE', path: ['invitationId'] },
    ]);
  });
});

test('a revoked link ends, and an expired invitation can be sent again', async () => {
  const { gateway } = world;
  const { invitation } = await invite(RESELLER, { accountId: ALPINE });
  const token = await linkOf(invitation.email);
  expect((await world.revoke(RESELLER, invitation.id)).invitation.state).toBe('REVOKED');
  await writingNothing(gateway, async () => {
    expect(codes(await world.accept(token))).toEqual(['TOKEN_INVALID']);
    expect((await world.revoke(RESELLER, invitation.id)).errors).toEqual([]);
    expect(codes(await world.resend(RESELLER, invitation.id))).toEqual(['INVALID_STATE']);
  });

  const { invitation: other } = await invite(RESELLER, { accountId: ALPINE });
  const late = await linkOf(other.email);
  await gateway.rows('UPDATE invitations SET expiresAt = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', [
    other.id,
  ]);
  expect(codes(await world.accept(late))).toEqual(['TOKEN_INVALID']);
  const seen = 'query ($id: ID!) { node(id: $id) { ... on Invitation { state } } }';
  const { data } = await gateway.send(await gateway.token(RESELLER), seen, { id: other.id });
  expect(data.node.state).toBe('EXPIRED');
  await world.resend(RESELLER, other.id);
  expect((await world.accept(await linkOf(other.email, 2))).errors).toEqual([]);
});

test('the invitations of another tenant do not exist', async () => {
  const { gateway } = world;
  const { invitation } = await invite(RESELLER, { accountId: ALPINE });
  await writingNothing(gateway, async () => {
    for (const email of ['sales@harbor.example', DIRECT, 'manager2@bss.example']) {
      for (const act of [world.revoke, world.resend]) {
        expect((await act(email, invitation.id)).errors).toMatchObject([
          { code: 'NOT_FOUND', path: ['invitationId'] },
        ]);
      }
    }
  });
});

test('a deactivated account takes nobody', async () => {
  const account = accountId('Elm Clinics');
  const { invitation } = await invite(ADMIN, { accountId: account });
  const token = await linkOf(invitation.email);
  await admin.does('deactivateAccount', { accountId: account });
  await writingNothing(world.gateway, async () => {
    expect(codes(await world.accept(token))).toEqual(['TOKEN_INVALID']);
    expect((await invite(ADMIN, { accountId: account })).errors).toMatchObject([
      { code: 'INVALID_STATE', path: ['accountId'] },
    ]);
  });
  await admin.does('activateAccount', { accountId: account });
  expect((await world.accept(token)).errors).toEqual([]);
});

test('a bounced mail shows at its invitation', async () => {
  world.server.behave = () => 'refuse';
  const { invitation } = await invite(RESELLER, { accountId: ALPINE });
  await world.delivered();
  world.server.behave = () => 'take';
  const seen = 'query ($id: ID!) { node(id: $id) { ... on Invitation { sentAt mail { state error } } } }';
  const { data } = await world.gateway.send(await world.gateway.token(RESELLER), seen, { id: invitation.id });
  expect(data.node).toMatchObject({ sentAt: null, mail: { state: 'FAILED' } });
});

test('a repeat with the same key sends one mail', async () => {
  const input = { ...fresh({ accountId: ALPINE }), idempotencyKey: newKey() };
  const ids = await Promise.all(
    Array.from({ length: 5 }, () => world.invite(RESELLER, input).then(({ invitation }) => invitation?.id)),
  );
  const again = await world.invite(RESELLER, input);
  expect(new Set(ids.filter(Boolean))).toEqual(new Set([again.invitation.id]));
  await world.delivered();
  expect(world.server.mails.filter(({ to }) => to === input.email)).toHaveLength(1);
});

test.each([
  ['no name', { name: ' ' }, 'name'],
  ['a name of 64 kB', { name: 'x'.repeat(65_536) }, 'name'],
  ['a name with a header', { name: 'Ada\r\nBcc: eve@evil.example' }, 'name'],
  ['a name with a bidirectional override', { name: 'Ada \u202Egnp.exe' }, 'name'],
  ['an address with a header', { email: 'ada@x.example\r\nBcc: eve@evil.example' }, 'email'],
  ['an address with a look-alike', { email: 'аda@x.example' }, 'email'],
  ['an address of 64 kB', { email: `${'a'.repeat(65_536)}@x.example` }, 'email'],
  ['two addresses', { email: 'ada@x.example,eve@evil.example' }, 'email'],
  ['no role', { roles: [] }, 'roles'],
])('%s is refused with its path', async (_, more, path) => {
  const answer = await writingNothing(world.gateway, () => invite(RESELLER, { accountId: ALPINE, ...more }));
  expect(answer.errors).toMatchObject([{ code: 'INVALID_INPUT', path: [path] }]);
});

test('an international domain is written in ASCII, and names are escaped in HTML', async () => {
  const input = { name: 'Ada <b>', email: `Ada-${made}@bücher.example`, accountId: ALPINE };
  const { invitation } = await invite(RESELLER, input);
  expect(invitation.email).toMatch(/@xn--bcher-kva\.example$/);
  await admin.does('updateUser', { userId: userId(RESELLER), name: '<script>alert(1)</script>' });
  await world.resend(RESELLER, invitation.id);
  const { source } = await world.mailTo(invitation.email, 2);
  expect(source).toContain('&lt;script&gt;alert(1)&lt;/script&gt; invites you');
  expect(source.split('text/html')[1]).not.toContain('<script>');
});

test('an API key invites nobody', async () => {
  const { secret } = await world.gateway
    .send(
      await world.gateway.token(RESELLER),
      'mutation { createApiKey(input: { name: "x", scopes: [READ] }) { secret } }',
    )
    .then(({ data }) => data.createApiKey);
  const document = 'mutation ($input: InviteUserInput!) { inviteUser(input: $input) { errors { code } } }';
  const input = { ...fresh({ accountId: ALPINE }), idempotencyKey: newKey() };
  const { data } = await world.gateway.send(secret, document, { input });
  expect(data.inviteUser.errors).toEqual([{ code: 'FORBIDDEN' }]);
});

test('a user can send five invitations to one address and 100 in all within 15 minutes', async () => {
  const { gateway } = world;
  await gateway.rows('DELETE FROM guess_counts');
  const { invitation } = await invite(RESELLER, { accountId: ALPINE, email: 'often@people.example' });
  for (let times = 1; times < 5; times += 1) {
    expect((await world.resend(RESELLER, invitation.id)).errors).toEqual([]);
  }
  await writingNothing(gateway, async () => {
    const { errors } = await world.resend(RESELLER, invitation.id);
    expect(errors).toMatchObject([
      { code: 'TOO_MANY_ATTEMPTS', path: null, message: 'Too many invitations. Retry in 15 minutes.' },
    ]);
    expect(codes(await invite(RESELLER, { accountId: ALPINE, email: 'often@people.example' }))).toEqual([
      'TOO_MANY_ATTEMPTS',
    ]);
  });
  // Nobody learns from a limit whom others have invited.
  expect((await invite(ADMIN, { accountId: ALPINE, email: 'often@people.example' })).errors).toEqual([]);

  await gateway.rows('UPDATE guess_counts SET guesses = 100 WHERE guesses = 5');
  await writingNothing(gateway, async () => {
    expect(codes(await invite(RESELLER, { accountId: ALPINE }))).toEqual(['TOO_MANY_ATTEMPTS']);
  });
  await gateway.rows('DELETE FROM guess_counts');
});
