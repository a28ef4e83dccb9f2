/**
 * QR code model 2 (JIS X 0510) at error correction level M, versions 1 to 20: numeric mode for digits, byte mode for
 * everything else. Written here because a mailing makes a hundred thousand of them and the general encoder takes longer
 * for one than the rest of the page; a test holds it against that encoder, module by module.
 */
export interface QrCode {
  /** Modules a side. */
  readonly side: number;
  /** Row by row, 1 where dark. */
  readonly modules: Uint8Array;
}

/** Error correction codewords a block and blocks, level M, by version. */
const CORRECTION = [
  0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
];
const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => ((row >> 1) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/** What is the same in every symbol of a version: finders and timing, where data go, and the eight masks there. */
interface Version {
  readonly side: number;
  readonly fixed: Uint8Array;
  readonly places: Int32Array;
  readonly masks: readonly Uint8Array[];
  /** Places of the format, lowest bit first, twice. */
  readonly format: readonly number[];
  readonly dataCodewords: number;
}

const versions = new Map<number, Version>();

function versionOf(number: number): Version {
  const known = versions.get(number);
  if (known) return known;
  const side = 17 + 4 * number;
  const fixed = new Uint8Array(side * side);
  const taken = new Uint8Array(side * side);
  const set = (row: number, column: number, dark: boolean) => {
    if (row < 0 || column < 0 || row >= side || column >= side) return;
    fixed[row * side + column] = dark ? 1 : 0;
    taken[row * side + column] = 1;
  };
  for (let index = 0; index < side; index++) {
    set(6, index, index % 2 === 0);
    set(index, 6, index % 2 === 0);
  }
  for (const [row, column] of [
    [3, 3],
    [3, side - 4],
    [side - 4, 3],
  ] as const)
    for (let down = -4; down <= 4; down++)
      for (let right = -4; right <= 4; right++) {
        const ring = Math.max(Math.abs(down), Math.abs(right));
        set(row + down, column + right, ring !== 2 && ring !== 4);
      }
  const centres = alignmentCentres(number);
  const last = centres.length - 1;
  centres.forEach((row, first) => {
    centres.forEach((column, second) => {
      if ((first === 0 && (second === 0 || second === last)) || (first === last && second === 0))
        return;
      for (let down = -2; down <= 2; down++)
        for (let right = -2; right <= 2; right++)
          set(row + down, column + right, Math.max(Math.abs(down), Math.abs(right)) !== 1);
    });
  });
  const format = formatPlaces(side);
  for (const [row, column] of format) set(row, column, false);
  set(side - 8, 8, true);
  if (number >= 7) {
    const bits = (number << 12) | remainder(number, 12, 0x1f25);
    for (let index = 0; index < 18; index++) {
      const [far, near] = [side - 11 + (index % 3), Math.floor(index / 3)];
      set(near, far, ((bits >> index) & 1) === 1);
      set(far, near, ((bits >> index) & 1) === 1);
    }
  }
  const places = dataPlaces(side, taken);
  const codewords = places.length >> 3;
  const made: Version = {
    side,
    fixed,
    places,
    format: format.map(([row, column]) => row * side + column),
    masks: MASKS.map((mask) =>
      Uint8Array.from(places, (place) => (mask(Math.floor(place / side), place % side) ? 1 : 0)),
    ),
    dataCodewords: codewords - (CORRECTION[number] ?? 0) * (BLOCKS[number] ?? 0),
  };
  versions.set(number, made);
  return made;
}

function alignmentCentres(number: number): number[] {
  if (number === 1) return [];
  const count = Math.floor(number / 7) + 2;
  const step = Math.ceil((number * 4 + 4) / (count * 2 - 2)) * 2;
  const centres = Array.from(
    { length: count - 1 },
    (_, index) => 17 + 4 * number - 7 - index * step,
  );
  return [6, ...centres.reverse()];
}

/** Both copies of the fifteen places of the format, lowest bit first. */
function formatPlaces(side: number): [number, number][] {
  const first = Array.from({ length: 15 }, (_, bit): [number, number] => {
    if (bit < 6) return [bit, 8];
    if (bit === 6) return [7, 8];
    if (bit === 7) return [8, 8];
    return [8, bit === 8 ? 7 : 14 - bit];
  });
  const second = Array.from({ length: 15 }, (_, bit): [number, number] =>
    bit < 8 ? [8, side - 1 - bit] : [side - 15 + bit, 8],
  );
  return [...first, ...second];
}

/** Places of the data in the order they are filled: two columns at a time from the right, up and down in turn. */
function dataPlaces(side: number, taken: Uint8Array): Int32Array {
  const places: number[] = [];
  for (let right = side - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const upward = ((right + 1) & 2) === 0;
    for (let step = 0; step < side; step++) {
      const row = upward ? side - 1 - step : step;
      for (const column of [right, right - 1])
        if (!taken[row * side + column]) places.push(row * side + column);
    }
  }
  return Int32Array.from(places);
}

/** Remainder of value·x^degree by a generator over GF(2). */
function remainder(value: number, degree: number, generator: number): number {
  let rest = value;
  for (let step = 0; step < degree; step++)
    rest = (rest << 1) ^ ((rest >> (degree - 1)) * generator);
  return rest;
}

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = value << 1 > 255 ? (value << 1) ^ 0x11d : value << 1;
}
const generators = new Map<number, Uint8Array>();

function multiply(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : (EXP[(LOG[a] ?? 0) + (LOG[b] ?? 0)] ?? 0);
}

/** Reed–Solomon codewords of a block. */
function correction(block: Uint8Array, degree: number): Uint8Array {
  let generator = generators.get(degree);
  if (!generator) {
    generator = new Uint8Array(degree);
    generator[degree - 1] = 1;
    for (let root = 0; root < degree; root++)
      for (let index = 0; index < degree; index++)
        generator[index] =
          multiply(generator[index] ?? 0, EXP[root] ?? 0) ^ (generator[index + 1] ?? 0);
    generators.set(degree, generator);
  }
  const rest = new Uint8Array(degree);
  for (const codeword of block) {
    const factor = codeword ^ (rest[0] ?? 0);
    rest.copyWithin(0, 1);
    rest[degree - 1] = 0;
    for (let index = 0; index < degree; index++)
      rest[index] = (rest[index] ?? 0) ^ multiply(generator[index] ?? 0, factor);
  }
  return rest;
}

/** Data as bits, with mode and length; the length field is longer from version 10 on. */
function encode(content: string | Uint8Array, number: number): number[] {
  const bits: number[] = [];
  const append = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  if (typeof content === "string" && /^\d+$/.test(content)) {
    append(1, 4);
    append(content.length, number < 10 ? 10 : 12);
    for (let index = 0; index < content.length; index += 3) {
      const group = content.slice(index, index + 3);
      append(Number(group), group.length * 3 + 1);
    }
    return bits;
  }
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  append(4, 4);
  append(bytes.length, number < 10 ? 8 : 16);
  for (const byte of bytes) append(byte, 8);
  return bits;
}

/** Codewords in the order they are placed: blocks interleaved, then their corrections. */
function codewordsOf(bits: readonly number[], number: number, capacity: number): number[] {
  const data = new Uint8Array(capacity);
  bits.forEach((bit, index) => {
    data[index >> 3] = (data[index >> 3] ?? 0) | (bit << (7 - (index & 7)));
  });
  for (
    let index = Math.ceil(Math.min(bits.length + 4, capacity * 8) / 8), pad = 0xec;
    index < capacity;
    index++, pad ^= 0xfd
  )
    data[index] = pad;
  const [count, degree] = [BLOCKS[number] ?? 1, CORRECTION[number] ?? 0];
  const short = Math.floor(capacity / count);
  const longer = capacity % count;
  const blocks = Array.from({ length: count }, (_, index) => {
    const start = index * short + Math.max(0, index - (count - longer));
    return data.subarray(start, start + short + (index >= count - longer ? 1 : 0));
  });
  const corrections = blocks.map((block) => correction(block, degree));
  const out: number[] = [];
  for (let index = 0; index <= short; index++)
    for (const block of blocks) if (index < block.length) out.push(block[index] ?? 0);
  for (let index = 0; index < degree; index++)
    for (const rest of corrections) out.push(rest[index] ?? 0);
  return out;
}

/** The smallest symbol for the content, with the mask the standard's penalties choose; RangeError when it is too long. */
export function qrCode(content: string | Uint8Array): QrCode {
  for (let number = 1; number < BLOCKS.length; number++) {
    const version = versionOf(number);
    const bits = encode(content, number);
    if (bits.length > version.dataCodewords * 8) continue;
    const codewords = codewordsOf(bits, number, version.dataCodewords);
    return MASKS.map((_, mask) => draw(version, codewords, mask)).reduce((best, one) =>
      one.penalty < best.penalty ? one : best,
    );
  }
  throw new RangeError("content too long for a QR code on a form");
}

function draw(
  { side, fixed, places, masks, format: places15 }: Version,
  codewords: readonly number[],
  mask: number,
): QrCode & { penalty: number } {
  const modules = fixed.slice();
  const flips = masks[mask] ?? new Uint8Array(places.length);
  for (let index = 0; index < places.length; index++) {
    const bit = ((codewords[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
    modules[places[index] ?? 0] = bit ^ (flips[index] ?? 0);
  }
  const format = ((mask << 10) | remainder(mask, 10, 0x537)) ^ 0x5412;
  places15.forEach((place, index) => {
    modules[place] = (format >> (index % 15)) & 1;
  });
  return { side, modules, penalty: penaltyOf(modules, side) };
}

/** The penalties N1 to N4 of the standard (JIS X 0510, 8.8.2). */
function penaltyOf(modules: Uint8Array, side: number): number {
  let penalty = 0;
  let dark = 0;
  for (let line = 0; line < side; line++) {
    penalty += linePenalty(modules, line * side, 1, side) + linePenalty(modules, line, side, side);
    for (let column = 0; column < side; column++) {
      const place = line * side + column;
      const module = modules[place];
      if (module) dark++;
      if (line + 1 === side || column + 1 === side) continue;
      if (
        module === modules[place + 1] &&
        module === modules[place + side] &&
        module === modules[place + side + 1]
      )
        penalty += 3;
    }
  }
  return penalty + 10 * Math.floor(Math.abs(dark * 20 - side * side * 10) / (side * side));
}

/** Runs of five or more, and finder-like sequences with four light modules on a side, in one row or column. */
function linePenalty(modules: Uint8Array, start: number, step: number, side: number): number {
  let penalty = 0;
  let run = 0;
  let colour = -1;
  let window = 0;
  for (let index = 0; index < side; index++) {
    const module = modules[start + index * step] ?? 0;
    if (module === colour) run++;
    else {
      colour = module;
      run = 1;
    }
    if (run === 5) penalty += 3;
    else if (run > 5) penalty++;
    window = ((window << 1) | module) & 0x7ff;
    if (index >= 10 && (window === 0x05d || window === 0x5d0)) penalty += 40;
  }
  return penalty;
}
