import { SpanKind } from '@opentelemetry/api';
import { ProvisioningErrorCode } from '../entities';
import { inSpan, type ProvisioningMetrics } from '../observability';
import { ProviderFault } from './fault';
import type { Provider, ProviderCall } from './port';

const isCall = (argument: unknown): argument is ProviderCall =>
  typeof argument === 'object' && argument !== null && 'trackId' in argument;

/** Times, counts and traces every call. Calls without a track id, such as `close`, are passed through. */
export function instrumentProvider<P extends Provider>(
  name: string,
  provider: P,
  { callSeconds, faults }: Pick<ProvisioningMetrics, 'callSeconds' | 'faults'>,
): P {
  // Prometheus sees the first increase only if the counter existed before.
  for (const code of Object.values(ProvisioningErrorCode)) faults.inc({ provider: name, code }, 0);

  const instrument = async (method: string, call: ProviderCall, make: () => Promise<unknown>) => {
    const attributes = { 'skybasket.track_id': call.trackId, 'skybasket.provider': name };
    const stop = callSeconds.startTimer({ provider: name, call: method });
    try {
      const result = await inSpan(`${name} ${method}`, { kind: SpanKind.CLIENT, attributes }, make);
      stop({ outcome: 'OK' });
      return result;
    } catch (error) {
      const code = error instanceof ProviderFault ? error.code : 'BROKEN';
      stop({ outcome: code });
      faults.inc({ provider: name, code });
      throw error;
    }
  };
  const wrap = <T extends object>(part: T, prefix: string): T =>
    new Proxy(part, {
      get(target, property) {
        const member: unknown = Reflect.get(target, property);
        if (typeof member === 'object' && member !== null) return wrap(member, `${String(property)}.`);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          const make = () => member.apply(target, args);
          const call = args.at(-1);
          return isCall(call) ? instrument(prefix + String(property), call, make) : make();
        };
      },
    });
  return wrap(provider, '');
}
