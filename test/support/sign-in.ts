import { DEMO_PASSWORD } from '../../dev/demo-data';

/** The mutation with every field of the payload that tests read. */
export const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) {
  token expiresAt refreshToken viewer { id name email roles } errors { code message path } } }`;

/** A gateway in this process, which resolves to the response, or in another, which resolves to its data. */
interface Gateway {
  send(token: null, query: string, variables: object): Promise<any>;
}

/** Signs in with a password; resolves to the payload. */
export async function signIn(
  gateway: Gateway,
  email: string,
  password: string = DEMO_PASSWORD,
  newPassword?: string,
) {
  const answer = await gateway.send(null, SIGN_IN, { input: { email, password, newPassword } });
  return (answer.data ?? answer).signIn;
}

/** Signs a demo user in; resolves to the access token of the new session. */
export async function newSession(gateway: Gateway, email: string): Promise<string> {
  const { token, errors } = await signIn(gateway, email);
  if (!token) throw new Error(`${email} cannot sign in: ${JSON.stringify(errors)}`);
  return token;
}
