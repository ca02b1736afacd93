import { useCallback, useEffect, useMemo, useState } from 'react';
import { createSender, createSession, SIGN_IN, type Tokens } from '../../client';
import VIEWER from '../../schema/operations/02-viewer.graphql?raw';
import { keepSession, keptSession, storeOf } from '../shared/kept-session';
import { type DemoSignIn, GRAPHQL_URL } from '../shared/settings';

/** Signed-in user, changed by a click or by a response. */
export function usePerson() {
  const [name, setName] = useState(keptSession);
  const [email, setEmail] = useState<string | null>(null);
  const session = useMemo(
    () => name && createSession({ url: GRAPHQL_URL, store: storeOf(name), onEnded: () => setName(null) }),
    [name],
  );

  useEffect(() => {
    let here = true;
    if (!session) setEmail(null);
    else {
      const ask = createSender({ url: GRAPHQL_URL, fetch: session.fetch });
      ask<{ viewer: { email: string } }, object>(VIEWER, {}).then(
        ({ viewer }) => here && setEmail(viewer.email),
        () => undefined,
      );
    }
    return () => {
      here = false;
    };
  }, [session]);

  const begin = useCallback((tokens: Tokens) => setName(keepSession(tokens)), []);
  /** Sets the next tokens of the session. Null if it has ended. */
  const goOn = useCallback(
    (tokens: Tokens | null) => {
      if (name) storeOf(name).write(tokens);
      if (!tokens) setName(null);
    },
    [name],
  );
  const signIn = async ({ email, password }: DemoSignIn) => {
    const { signIn } = await createSender({ url: GRAPHQL_URL })(SIGN_IN, { input: { email, password } });
    const { token, expiresAt, refreshToken } = signIn;
    if (token && expiresAt && refreshToken) begin({ token, expiresAt, refreshToken });
  };
  const signOut = () => {
    if (session) session.signOut().catch(() => undefined);
    setName(null);
  };
  return { session: session || null, email, begin, goOn, signIn, signOut };
}
