import i18next from 'i18next';
import { startTexts } from '../console/i18n/start';
import { GRAPHQL_URL } from '../shared/settings';

type Code = keyof typeof import('../locales/de/errors.json');

interface LinkError {
  code?: Code;
  message: string;
}

interface Payload {
  errors: readonly LinkError[];
}

interface LinkForm<P extends Payload> {
  /** Document with one mutation, as `schema/operations` has it. */
  query: string;
  /** Name of the mutation. */
  field: 'acceptInvitation' | 'resetPassword';
  input: (token: string, password: string) => object;
  onDone: (payload: P) => void;
}

/** Elements of the page with a text: `data-text` has its key. */
const TEXTS = ['title', 'lead', 'label', 'submit'] as const;

/** Takes the token out of the address, so that neither the history nor a bookmark keeps it. */
function takeToken(): string {
  const token = new URLSearchParams(location.search).get('token') ?? '';
  history.replaceState(null, '', location.pathname);
  return token;
}

/** The meaning of the code in a language that has a text for it, before the message of the gateway, which is English. */
const textOf = ({ code, message }: LinkError): string =>
  code && i18next.exists(code, { ns: 'errors' })
    ? `${i18next.t(code, { ns: 'errors' })} ${message}`
    : message;

/** Writes the texts of the page, which has none before. */
async function writeTexts(field: LinkForm<Payload>['field']): Promise<void> {
  await startTexts('links');
  for (const text of TEXTS) {
    const element = document.querySelector(`[data-text=${text}]`) as HTMLElement;
    element.textContent = i18next.t(`links:${field}.${text}`);
  }
  document.title = `${i18next.t(`links:${field}.title`)} · Skybasket`;
  (document.querySelector('main') as HTMLElement).hidden = false;
}

/** Runs the form of the page, which sends a password with the token of the link. */
export function runLinkForm<P extends Payload>({ query, field, input, onDone }: LinkForm<P>): void {
  const token = takeToken();
  void writeTexts(field);
  const form = document.querySelector('form') as HTMLFormElement;
  const alert = form.querySelector('[role=alert]') as HTMLElement;
  const button = form.querySelector('button') as HTMLButtonElement;
  const send = async () => {
    const password = String(new FormData(form).get('password') ?? '');
    const response = await fetch(GRAPHQL_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { input: input(token, password) } }),
    });
    const { data, errors } = await response.json();
    const payload = data?.[field] as P | undefined;
    const [error] = payload?.errors ?? errors ?? [];
    if (payload && !error) onDone(payload);
    else alert.textContent = error ? textOf(error) : i18next.t('links:unreachable');
  };
  form.addEventListener('submit', async event => {
    event.preventDefault();
    alert.textContent = '';
    button.disabled = true;
    await send().catch(() => {
      alert.textContent = i18next.t('links:unreachable');
    });
    button.disabled = false;
  });
}
