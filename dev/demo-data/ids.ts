import { createHash } from 'node:crypto';
import { TypeID } from 'typeid-js';

/** Deterministic id, so that links and scripts work with every demo database: a UUIDv7 made from a hash. */
export function demoId(prefix: string, name: string): string {
  const bytes = createHash('sha256').update(`${prefix} ${name}`).digest().subarray(0, 16);
  // The time part says 1 January 2026; version 7, variant 10.
  bytes.writeUIntBE(Date.UTC(2026, 0, 1), 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  );
  return TypeID.fromUUID(prefix, uuid).toString();
}
