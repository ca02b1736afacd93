import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/**
 * Address of the client. Each trusted proxy appends the address of its peer to `X-Forwarded-For`, so the last entries are
 * from the proxies, and the ones before them can be forged.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress || 'unknown';
  if (trustedProxies === 0) return direct;
  const header = request.headers['x-forwarded-for'];
  const forwarded = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map(part => part.trim());
  return forwarded.at(-trustedProxies) || direct;
}

/** 16-bit groups of the prefix that one IPv6 subscriber is assigned (RFC 6177). The subscriber chooses the rest. */
const IPV6_PREFIX_GROUPS = 4;

/** Network that identifies a client: its IPv4 address, or the /64 of its IPv6 address. */
export function networkOf(address: string): string {
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return address;
  const parsed = ipaddr.IPv6.parse(address);
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  return `${parsed.parts
    .slice(0, IPV6_PREFIX_GROUPS)
    .map(group => group.toString(16))
    .join(':')}::/64`;
}
