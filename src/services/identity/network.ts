import ipaddr from 'ipaddr.js';

/**
 * The network that an address belongs to: an IPv4 address itself, the /64 of an IPv6 address. A provider gives a
 * customer at least a /64, so a single host has all of its addresses.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}
