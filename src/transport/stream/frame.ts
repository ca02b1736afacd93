/** A text frame from a server: final, opcode 1, never masked (RFC 6455, section 5.2). */
const TEXT = 0x81;
const END = '}'.charCodeAt(0);

function headerLength(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

function writeHeader(into: Buffer, at: number, length: number): number {
  into[at] = TEXT;
  if (length < 126) {
    into[at + 1] = length;
    return at + 2;
  }
  if (length < 65_536) {
    into[at + 1] = 126;
    into.writeUInt16BE(length, at + 2);
    return at + 4;
  }
  into[at + 1] = 127;
  into.writeBigUInt64BE(BigInt(length), at + 2);
  return at + 10;
}

/** What every `next` of the operation `id` begins with. */
export function nextPrefix(id: string): Buffer {
  return Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
}

/**
 * The frames of one `next` for each of `payloads`, in one buffer. The payloads are the same bytes for everybody; only the
 * prefix is an operation's own.
 */
export function nextFrames(prefix: Buffer, payloads: readonly Buffer[]): Buffer {
  let total = 0;
  for (const payload of payloads) {
    const length = prefix.length + payload.length + 1;
    total += headerLength(length) + length;
  }
  const frames = Buffer.allocUnsafe(total);
  let at = 0;
  for (const payload of payloads) {
    at = writeHeader(frames, at, prefix.length + payload.length + 1);
    at += prefix.copy(frames, at);
    at += payload.copy(frames, at);
    frames[at] = END;
    at += 1;
  }
  return frames;
}
