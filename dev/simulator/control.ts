import type { IncomingMessage, ServerResponse } from 'node:http';
import { finishDue } from './broker/work';
import { Faults, parseFaults } from './faults';
import { holdings } from './holdings';
import { HttpError, readJson, sendJson } from './http';
import { NamedFaults } from './names';
import type { Store } from './store';
import { Traffic } from './traffic';

/** Control API of the simulator, for tests and people. The vendor has no such API. */
export class Control {
  readonly faults = new Faults();
  readonly named = new NamedFaults();
  readonly traffic = new Traffic();

  /** `DELETE /_control` clears `store`. `key` is the bearer token of callers. */
  constructor(
    private readonly store: Store,
    private readonly key: string,
  ) {}

  /** Serves `/_control`. Throws HttpError for an unknown request. */
  async serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    this.admit(request);
    const body = await readJson(request);
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /_control/faults':
        this.setFaults(body, response);
        break;
      case 'GET /_control/faults':
        sendJson(response, 200, { faults: this.faults.list() });
        break;
      case 'GET /_control/ledger':
        finishDue(this.store);
        sendJson(response, 200, { effects: this.store.ledger.list(), ...this.traffic.report() });
        break;
      case 'GET /_control/subscriptions':
        finishDue(this.store);
        sendJson(response, 200, { subscriptions: holdings(this.store) });
        break;
      case 'DELETE /_control':
        this.clear(url.searchParams.get('state'));
        response.writeHead(204).end();
        break;
      default:
        throw new HttpError(404, `There is no ${request.method} ${url.pathname}`);
    }
  }

  // Without a required header or JSON, a web page can send a request to this machine without a CORS preflight.
  private admit({ method, headers }: IncomingMessage): void {
    if (headers.authorization !== `Bearer ${this.key}`) {
      throw new HttpError(
        401,
        'The control API requires the API key of the provider: "Authorization: Bearer <key>"',
      );
    }
    if (method === 'POST' && !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
      throw new HttpError(415, 'The control takes "Content-Type: application/json"');
    }
  }

  private setFaults(body: unknown, response: ServerResponse): void {
    const faults = parseFaults(body);
    if (typeof faults === 'string') throw new HttpError(400, faults);
    this.faults.add(faults);
    sendJson(response, 201, { faults: this.faults.list() });
  }

  private clear(state: string | null): void {
    if (state !== null && state !== 'all') throw new HttpError(400, 'state: only "all" is known');
    this.faults.clear();
    this.named.clear();
    this.traffic.clear();
    if (state === 'all') this.store.clearAll();
    else this.store.clearLedger();
  }
}
