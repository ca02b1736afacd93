/** Initial size in bytes, which most answers fit into. */
const INITIAL_BYTES = 64 * 1024;
/** Maximum bytes of one UTF-16 unit in UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/** Growing buffer that an answer is written into. */
export class JsonBuffer {
  private bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  private end = 0;

  /** Number of bytes written. */
  get length(): number {
    return this.end;
  }

  /** True while the buffer has its initial size. A larger buffer is not reused. */
  get isSmall(): boolean {
    return this.bytes.length === INITIAL_BYTES;
  }

  /** Forgets what was written. */
  clear(): void {
    this.end = 0;
  }

  /** Writes the code of an ASCII character. */
  writeCharacter(code: number): void {
    if (this.end === this.bytes.length) this.grow(1);
    this.bytes[this.end] = code;
    this.end += 1;
  }

  /** Writes text as UTF-8. */
  writeText(text: string): void {
    const most = text.length * MAX_BYTES_PER_UNIT;
    if (this.end + most > this.bytes.length) this.grow(most);
    this.end += this.bytes.write(text, this.end, 'utf8');
  }

  /** Writes bytes of another buffer. */
  writeBytes(bytes: Buffer): void {
    if (this.end + bytes.length > this.bytes.length) this.grow(bytes.length);
    this.bytes.set(bytes, this.end);
    this.end += bytes.length;
  }

  /** Returns what was written since `start`, without a copy. */
  since(start: number): Buffer {
    return this.bytes.subarray(start, this.end);
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafeSlow(2 * (this.bytes.length + by));
    larger.set(this.since(0));
    this.bytes = larger;
  }
}
