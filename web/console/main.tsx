import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { App } from './app';
import { startTexts } from './i18n';
import { SessionProvider } from './session/session';
import { cssVariables, theme } from './theme';
import './console.css';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');

await startTexts();

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Router base="/console">
        <SessionProvider>
          <App />
        </SessionProvider>
      </Router>
    </MantineProvider>
  </StrictMode>,
);
