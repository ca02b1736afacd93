import { GRAPHQL_URL } from '../shared/settings';

interface Payload {
  errors: readonly { message: string }[];
}

interface LinkForm<P extends Payload> {
  /** Document with one mutation, as `schema/operations` has it. */
  query: string;
  /** Name of the mutation. */
  field: string;
  input: (token: string, password: string) => object;
  onDone: (payload: P) => void;
}

const OUT_OF_REACH = 'The gateway cannot be reached. Try again.';

/** Takes the token out of the address, so that neither the history nor a bookmark keeps it. */
function takeToken(): string {
  const token = new URLSearchParams(location.search).get('token') ?? '';
  history.replaceState(null, '', location.pathname);
  return token;
}

/** Runs the form of the page, which sends a password with the token of the link. */
export function runLinkForm<P extends Payload>({ query, field, input, onDone }: LinkForm<P>): void {
  const token = takeToken();
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
    else alert.textContent = error?.message ?? OUT_OF_REACH;
  };
  form.addEventListener('submit', async event => {
    event.preventDefault();
    alert.textContent = '';
    button.disabled = true;
    await send().catch(() => {
      alert.textContent = OUT_OF_REACH;
    });
    button.disabled = false;
  });
}
