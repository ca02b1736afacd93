import ipaddr from 'ipaddr.js';

/** Global unicast range of IPv6 (RFC 4291, 2.4). Addresses that embed an IPv4 address are outside of it. */
const GLOBAL_IPV6 = ipaddr.IPv6.parse('2000::');
/** Interface ids that embed an IPv4 address (ISATAP, RFC 5214), without the bits that say whether it is unique. */
const ISATAP = 0x5efe;

/** Metadata services of clouds, which give a machine its secrets. Never allowed, whatever the settings. */
const METADATA = [
  '169.254.0.0/16', // AWS, Azure, Google Cloud and most others; the task metadata of ECS
  'fe80::/10',
  'fd00:ec2::/32', // AWS over IPv6
  '168.63.129.16/32', // Azure's wire server, a public address
  '100.100.100.200/32', // Alibaba Cloud
  '192.0.0.192/32', // Oracle Cloud
].map(range => ipaddr.parseCIDR(range));

type Address = ReturnType<typeof ipaddr.process>;

/** IPv4 address that is embedded in an IPv6 address for a translator or a tunnel, or the address itself. */
function target(text: string): Address {
  const address = ipaddr.process(text);
  if (!(address instanceof ipaddr.IPv6)) return address;
  const bytes = address.toByteArray();
  const isEmbedded = EMBEDDING.some(prefix => address.match(prefix));
  return isEmbedded ? ipaddr.fromByteArray(bytes.slice(12)) : address;
}

/** Prefixes whose last 32 bits are an IPv4 address: compatible, translated, and NAT64, well-known and local. */
const EMBEDDING = ['::/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48'].map(prefix =>
  ipaddr.IPv6.parseCIDR(prefix),
);

/** Whether an address is a metadata service, however it is written. */
export function isMetadata(text: string): boolean {
  const address = target(text);
  return METADATA.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
}

/** Whether an address is public. An address of a tunnel is not. */
export function isPublic(text: string): boolean {
  const address = ipaddr.process(text);
  if (isMetadata(text) || address.range() !== 'unicast') return false;
  if (!(address instanceof ipaddr.IPv6)) return true;
  return address.match(GLOBAL_IPV6, 3) && address.parts[5] !== ISATAP;
}
