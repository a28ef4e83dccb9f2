import { crc32, inflateSync } from "node:zlib";

const mark = Buffer.from("89504e470d0a1a0a", "hex");
/** Samples a dot, by colour type. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Width and height in dots. */
export interface PngSize {
  width: number;
  height: number;
}

/** The size that a file says it has; nothing when it is no PNG. */
export function pngSize(file: Buffer): PngSize | undefined {
  const isPng = file.length >= 33 && file.subarray(0, 8).equals(mark);
  return isPng ? { width: file.readUInt32BE(16), height: file.readUInt32BE(20) } : undefined;
}

/**
 * Whether a file of a reasonable size is a whole PNG, not interlaced: every chunk and all of the picture are there. Asked
 * before the PDF writer unpacks it, which never ends with a file that was cut off.
 */
export function isWholePng(file: Buffer): boolean {
  const size = pngSize(file);
  if (!size) return false;
  const chunks = chunksOf(file);
  const [head] = chunks;
  if (head?.name !== "IHDR" || chunks.at(-1)?.name !== "IEND") return false;
  const [depth = 0, colour = 0, , , interlaced] = head.data.subarray(8);
  const perDot = samples[colour];
  const hasPalette = colour !== 3 || chunks.some(({ name }) => name === "PLTE");
  if (perDot === undefined || !hasPalette || interlaced !== 0) return false;
  const expected = (Math.ceil((size.width * perDot * depth) / 8) + 1) * size.height;
  const packed = chunks.filter(({ name }) => name === "IDAT").map(({ data }) => data);
  try {
    const { length } = inflateSync(Buffer.concat(packed), { maxOutputLength: expected + 1 });
    return length === expected;
  } catch {
    return false;
  }
}

/** The chunks up to the first that is cut off or damaged. */
function chunksOf(file: Buffer): { name: string; data: Buffer }[] {
  const chunks: { name: string; data: Buffer }[] = [];
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) break;
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) break;
    chunks.push({
      name: file.toString("latin1", at + 4, at + 8),
      data: file.subarray(at + 8, end),
    });
    at = end + 4;
  }
  return chunks;
}
