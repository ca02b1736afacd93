import { promises as dns, type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isMetadata, isPublic } from './address-ranges';

/** Rules for the URLs of webhooks. */
export interface AddressRules {
  /** Whether loopback and private addresses are allowed, for development and tests. */
  allowPrivate: boolean;
  httpsOnly: boolean;
}

/** Error of a host without an allowed address. */
export class PrivateAddressError extends Error {}

/** Resolves all addresses of a host. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** Host of a URL, without the brackets of an IPv6 address. */
const hostOf = ({ hostname }: URL) => hostname.replace(/^\[(.*)\]$/, '$1');

/** Reason that a URL is refused, as a sentence, without resolving its host. Undefined when it is allowed. */
export function urlProblem(text: string, { allowPrivate, httpsOnly }: AddressRules): string | undefined {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol))
    return 'It must be an address that starts with https://.';
  if (httpsOnly && url.protocol !== 'https:') return 'It must start with https://.';
  if (url.username || url.password) return 'It must not contain a user name or a password.';
  if (url.hash) return 'It must not contain a fragment (#).';
  const host = hostOf(url);
  if (isIP(host) && isMetadata(host)) return 'It must not be the metadata service of a cloud.';
  if (!allowPrivate && isPrivateHost(host)) return 'It must be reachable from the internet.';
  return undefined;
}

const isPrivateHost = (host: string) => (isIP(host) ? !isPublic(host) : /(^|\.)localhost\.?$/i.test(host));

/** DNS lookup that checks the addresses to which the connection goes: prevents DNS rebinding. */
export function guardedLookup(
  { allowPrivate }: AddressRules,
  resolve = resolverOf(allowPrivate),
): LookupFunction {
  return (host, { all }, callback) => {
    resolve(host).then(
      found => {
        const isGood = ({ address }: LookupAddress) =>
          allowPrivate ? !isMetadata(address) : isPublic(address);
        const good = found.filter(isGood);
        const [first] = good;
        if (!first) callback(new PrivateAddressError(`${host} has no public address`), []);
        else if (all) callback(null, good);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

const resolverOf = (allowPrivate: boolean): Resolve => (allowPrivate ? viaSystem : viaDns);

/** Resolves by the system, including local names such as `localhost`. */
const viaSystem: Resolve = host =>
  new Promise((resolve, reject) =>
    systemLookup(host, { all: true }, (error, found) => (error ? reject(error) : resolve(found))),
  );

/** Resolves by DNS only. The system resolver uses a small thread pool, which a slow name server would exhaust. */
const viaDns: Resolve = async host => {
  const resolver = new dns.Resolver({ timeout: 2000, tries: 2 });
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value.map(address => ({ address, family: 4 })) : []),
    ...(six.status === 'fulfilled' ? six.value.map(address => ({ address, family: 6 })) : []),
  ];
  if (found.length === 0 && four.status === 'rejected') throw four.reason;
  return found;
};
