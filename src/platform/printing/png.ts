import { crc32, inflateSync } from "node:zlib";

const mark = Buffer.from("89504e470d0a1a0a", "hex");
/** Samples a dot and bits a sample may have, by colour type. */
const kinds: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
const palette = 3;

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
 * A PNG without all that is no part of its picture: texts (programs write names of people and places there, and the PDF
 * writer never ends with some), animation, and what follows the end. What is no PNG is given as it is.
 */
export function pictureOnly(file: Buffer): Buffer {
  if (!pngSize(file)) return file;
  const kept = chunksOf(file).filter(({ name }) => /^(IHDR|PLTE|tRNS|IDAT|IEND)$/.test(name));
  return Buffer.concat([mark, ...kept.map(({ whole }) => whole)]);
}

/**
 * Whether a file of a reasonable size is a whole PNG, not interlaced, that holds its picture and nothing else: every chunk
 * and all of the picture are there. Asked before the PDF writer unpacks it, which never ends with a file that was cut off.
 *
 * pngjs (7.0) is not asked: it passes over texts and a second size, and takes a picture whose last row is cut off.
 */
export function isWholePng(file: Buffer): boolean {
  const size = pngSize(file);
  if (!size || !pictureOnly(file).equals(file)) return false;
  const chunks = chunksOf(file);
  const order = /^IHDR(?: PLTE)?(?: tRNS)?(?: IDAT)+ IEND$/;
  const [head] = chunks;
  if (!head || !order.test(chunks.map(({ name }) => name).join(" "))) return false;
  const [depth = 0, colour = 0, , , interlaced] = head.data.subarray(8);
  const kind = kinds[colour];
  const hasPalette = colour !== palette || chunks.some(({ name }) => name === "PLTE");
  if (!kind?.depths.includes(depth) || !hasPalette || interlaced !== 0) return false;
  const expected = (Math.ceil((size.width * kind.samples * depth) / 8) + 1) * size.height;
  const packed = chunks.filter(({ name }) => name === "IDAT").map(({ data }) => data);
  try {
    const { length } = inflateSync(Buffer.concat(packed), { maxOutputLength: expected + 1 });
    return length === expected;
  } catch {
    return false;
  }
}

interface Chunk {
  name: string;
  data: Buffer;
  whole: Buffer;
}

/** The chunks up to the end of the picture, or to the first that is cut off or damaged. */
function chunksOf(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= file.length && chunks.at(-1)?.name !== "IEND"; ) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) break;
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) break;
    chunks.push({
      name: file.toString("latin1", at + 4, at + 8),
      data: file.subarray(at + 8, end),
      whole: file.subarray(at, end + 4),
    });
    at = end + 4;
  }
  return chunks;
}
