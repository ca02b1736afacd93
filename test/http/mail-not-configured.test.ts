import { accountId } from '../../dev/demo-data';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';
import { writingNothing } from '../support/tables';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

test.each([
  ['requestPasswordReset', null, { email: 'buyer@contoso.example' }],
  ['resetPassword', null, { token: 'x', newPassword: 'a good long password' }],
  ['acceptInvitation', null, { token: 'x', password: 'a good long password' }],
  [
    'inviteUser',
    'sales@skyline.example',
    {
      accountId: accountId('Alpine Dental'),
      name: 'x',
      email: 'x@x.example',
      roles: ['CUSTOMER'],
      idempotencyKey: newKey(),
    },
  ],
  ['resendInvitation', 'sales@skyline.example', { invitationId: 'inv_none' }],
  ['resendMail', 'admin@bss.example', { mailId: 'mail_none' }],
])('%s fails without a mail server', async (name, email, input) => {
  const token = email && (await gateway.token(email));
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { errors { code message } } }`;
  const { data } = await writingNothing(gateway, () => gateway.send(token, document, { input }));
  expect(data[name].errors).toEqual([
    {
      code: 'MAIL_NOT_CONFIGURED',
      message: 'This gateway has no mail server. Ask its operator to set SMTP_URL.',
    },
  ]);
});
