import { promises as dns, type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isMetadata, isPublic } from './address-ranges';

/** Where events may be posted to. */
export interface AddressRules {
  /** Addresses that only this machine or this network can reach, too: for development and tests. */
  allowPrivate: boolean;
  httpsOnly: boolean;
}

/** A host that has no address which may be called. */
export class PrivateAddress extends Error {}

/** Finds every address of a host. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** The host of a URL as a name or an address: IPv6 stands in brackets there. */
const hostOf = ({ hostname }: URL) => hostname.replace(/^\[(.*)\]$/, '$1');

/** Why events may not be posted to `text`, as a sentence; undefined where they may, as far as the text alone tells. */
export function refusedUrl(text: string, { allowPrivate, httpsOnly }: AddressRules): string | undefined {
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

/**
 * How connections find their address: what is resolved is checked, and the connection is made to just that, so a name
 * cannot lead elsewhere a moment later.
 */
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
        if (!first) callback(new PrivateAddress(`${host} has no public address`), []);
        else if (all) callback(null, good);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

const resolverOf = (allowPrivate: boolean): Resolve => (allowPrivate ? viaSystem : viaDns);

/** As the system does it, with its own names (`localhost`). */
const viaSystem: Resolve = host =>
  new Promise((resolve, reject) =>
    systemLookup(host, { all: true }, (error, found) => (error ? reject(error) : resolve(found))),
  );

/** By DNS alone: the system's way has few threads, which a slow name server would take from others. */
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
