import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './playground.css';
import { GraphiQL } from 'graphiql';
import { StrictMode, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type DemoSignIn, GRAPHQL_URL } from '../shared/settings';
import { createFetcher } from './fetcher';
import { Personas } from './personas';
import { Memory } from './placeholders';
import { storyTabs } from './story';

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';

// GraphiQL takes the variables of the first tab from here only; given later, they would replace what was typed.
const fresh = sessionStorage.getItem('graphiql:tabState') === null;

const memory = new Memory();

function Playground() {
  const [person, setPerson] = useState<{ token: string; email: string } | null>(null);
  const fetcher = useMemo(
    () => createFetcher(person?.token ?? null, memory, (token, email) => setPerson({ token, email })),
    [person],
  );
  const signIn = async ({ email, password }: DemoSignIn) => {
    const response = await fetch(GRAPHQL_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: SIGN_IN, variables: { input: { email, password } } }),
    });
    const { data } = await response.json();
    if (data?.signIn.token) setPerson({ token: data.signIn.token, email });
  };
  return (
    <>
      <Personas email={person?.email ?? null} onChoose={signIn} onSignOut={() => setPerson(null)} />
      <GraphiQL
        fetcher={fetcher}
        defaultTabs={storyTabs}
        defaultEditorToolsVisibility="variables"
        isHeadersEditorEnabled={false}
        // Of the tab only: whoever opens the playground finds the story at its beginning.
        storage={sessionStorage}
        {...(fresh && { initialVariables: storyTabs[0]?.variables ?? '' })}
      />
    </>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
createRoot(root).render(
  <StrictMode>
    <Playground />
  </StrictMode>,
);
