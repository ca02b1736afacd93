/** First byte of a text frame from a server: final, opcode 1 (RFC 6455, section 5.2). Server frames are never masked. */
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

/** Text before the payload of every `next` message of an operation. A string, which takes less memory than a buffer. */
export interface NextPrefix {
  readonly text: string;
  readonly bytes: number;
}

/** Creates the prefix of every `next` message of the operation `id`. */
export function nextPrefix(id: string): NextPrefix {
  const text = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  return { text, bytes: Buffer.byteLength(text) };
}

/** Creates one buffer with a `next` frame for each payload. Only the prefix belongs to the operation. */
export function nextFrames(prefix: NextPrefix, payloads: readonly Buffer[]): Buffer {
  let total = 0;
  for (const payload of payloads) {
    const length = prefix.bytes + payload.length + 1;
    total += headerLength(length) + length;
  }
  const frames = Buffer.allocUnsafe(total);
  let at = 0;
  for (const payload of payloads) {
    at = writeHeader(frames, at, prefix.bytes + payload.length + 1);
    at += frames.write(prefix.text, at);
    at += payload.copy(frames, at);
    frames[at] = END;
    at += 1;
  }
  return frames;
}
