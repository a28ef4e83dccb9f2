/** Lead bytes of the rows that repeat characters found elsewhere (NEC selected IBM extensions). */
const REPEATED_ROWS = [0xed, 0xee];

/** Characters that other code tables write where CP932 has a twin of the same look. */
const TWINS: Readonly<Record<string, string>> = {
  "\u2212": "－",
  "\u301c": "～",
  "\u2014": "―",
  "\u2016": "∥",
  "¢": "￠",
  "£": "￡",
  "¬": "￢",
  "¥": "￥",
};

let table: ReadonlyMap<string, readonly number[]> | undefined;

/**
 * The bytes of a text in CP932 (Windows-31J), the inverse of `TextDecoder("shift_jis")`, or
 * nothing when a character has none. A character that CP932 writes by another code (minus, wave dash, —, ‖, ¢, £, ¬, ¥) takes it.
 * iconv-lite (0.7) has no 外字 (F040 to F9FC), which files of others may hold.
 */
export function encodeCp932(text: string): Uint8Array | undefined {
  table ??= bytesOfCharacters();
  const bytes: number[] = [];
  for (const char of text) {
    const found = table.get(TWINS[char] ?? char);
    if (!found) return undefined;
    bytes.push(...found);
  }
  return Uint8Array.from(bytes);
}

function bytesOfCharacters(): Map<string, readonly number[]> {
  const decoder = new TextDecoder("shift_jis");
  const characters = new Map<string, readonly number[]>();
  const add = (...bytes: number[]) => {
    const char = decoder.decode(Uint8Array.from(bytes));
    if (char !== "\ufffd" && Array.from(char).length === 1 && !characters.has(char))
      characters.set(char, bytes);
  };
  // Some decoders exchange three control bytes: ASCII is taken as it is.
  for (let byte = 0; byte < 0x80; byte += 1) characters.set(String.fromCharCode(byte), [byte]);
  for (let byte = 0xa1; byte < 0xe0; byte += 1) add(byte);
  for (const [first, last] of [[0x81, 0x9f] as const, [0xe0, 0xfc] as const])
    for (let lead = first; lead <= last; lead += 1)
      if (!REPEATED_ROWS.includes(lead))
        for (let trail = 0x40; trail <= 0xfc; trail += 1) if (trail !== 0x7f) add(lead, trail);
  return characters;
}
