import { SpanKind } from '@opentelemetry/api';
import { ProvisioningErrorCode } from '../entities';
import { inSpan, type ProvisioningMetrics } from '../observability';
import { type Provider, type ProviderCall, ProviderFault } from './port';

const isCall = (argument: unknown): argument is ProviderCall =>
  typeof argument === 'object' && argument !== null && 'trackId' in argument;

/**
 * `provider` with every call timed, counted by its outcome and traced, whatever protocol it speaks. A call of
 * a part is named with it: `accounts.find`. What is no call (it is given no track id) is passed on as it is.
 */
export function instrumentProvider<P extends Provider>(
  name: string,
  provider: P,
  { callSeconds, faults }: Pick<ProvisioningMetrics, 'callSeconds' | 'faults'>,
): P {
  // Prometheus sees an increase only of what was there before.
  for (const code of Object.values(ProvisioningErrorCode)) faults.inc({ provider: name, code }, 0);

  const watch = async (method: string, call: ProviderCall, make: () => Promise<unknown>) => {
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
  const watched = <T extends object>(part: T, prefix: string): T =>
    new Proxy(part, {
      get(target, property) {
        const member: unknown = Reflect.get(target, property);
        if (typeof member === 'object' && member !== null) return watched(member, `${String(property)}.`);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          const make = () => member.apply(target, given);
          const call = given.at(-1);
          return isCall(call) ? watch(prefix + String(property), call, make) : make();
        };
      },
    });
  return watched(provider, '');
}
