import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './playground.css';
import { GraphiQL } from 'graphiql';
import { StrictMode, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { keptSession, storeOf } from '../shared/kept-session';
import { createFetcher } from './fetcher';
import { FollowSystem } from './follow-system';
import { Personas } from './personas';
import { Memory } from './placeholders';
import { storyTabs } from './story';
import { usePerson } from './use-person';

// GraphiQL takes the variables of the first tab only from here. Later values would replace typed text.
const fresh = sessionStorage.getItem('graphiql:tabState') === null;

const memory = new Memory(() => storeOf(keptSession() ?? '').read()?.refreshToken ?? null);

function Playground() {
  const { session, email, begin, goOn, signIn, signOut } = usePerson();
  const fetcher = useMemo(() => createFetcher(session, memory, { begin, goOn }), [session, begin, goOn]);
  return (
    <>
      <Personas email={email} onChoose={signIn} onSignOut={signOut} />
      <GraphiQL
        fetcher={fetcher}
        defaultTabs={storyTabs}
        defaultEditorToolsVisibility="variables"
        isHeadersEditorEnabled={false}
        // Kept for this tab only, so that the playground opens at the start of the story.
        storage={sessionStorage}
        {...(fresh && { initialVariables: storyTabs[0]?.variables ?? '' })}
      >
        <FollowSystem />
      </GraphiQL>
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
