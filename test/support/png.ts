import { crc32 } from "node:zlib";

/** A chunk of a PNG. */
export function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A file with more chunks before its last one (the end, 12 bytes), and bytes after it. */
export const withMore = (file: Buffer, more: readonly Buffer[], after = ""): Buffer =>
  Buffer.concat([file.subarray(0, -12), ...more, file.subarray(-12), Buffer.from(after)]);
