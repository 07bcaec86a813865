/** Bytes that a process and its ended children have moved; see proc(5). */
export interface ProcessIo {
  /** Asked for by read(2) and the like, from wherever: the page cache, pipes, sockets. Mapped files do not count. */
  readonly readBytes: number;
  readonly writtenBytes: number;
  /** Fetched from disks. */
  readonly diskReadBytes: number;
  readonly diskWrittenBytes: number;
}

/** Reads the text of /proc/PID/io; null where it is none. */
export function parseProcessIo(text: string): ProcessIo | null {
  const values = text.match(/\d+/gu);
  if (values === null || values.length < 6) return null;
  return {
    readBytes: Number(values[0]),
    writtenBytes: Number(values[1]),
    diskReadBytes: Number(values[4]),
    diskWrittenBytes: Number(values[5]),
  };
}
