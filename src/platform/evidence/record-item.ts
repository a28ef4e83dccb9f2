/** Where a 記録項目 of the published assessment (別添) stands. */
export type Place =
  /** A column: schema, table, column. */
  | { column: string }
  /** A field of the register's sealed record of a person, see `PersonRecord`. */
  | { register: string }
  /** A field of what is entered for a case of the 事務, sealed; a path such as `guardian.name`. */
  | { entered: string }
  /** Not kept: found anew from what is. */
  | { derived: string }
  /** Promised in the document, and not held by this version. */
  | { notHeld: string };

/** A place in one line: what kind of place it is, and where. */
export function placeInWords(place: Place): string {
  if ("column" in place) return `列 ${place.column}`;
  if ("register" in place) return `封印 住民の記録 ${place.register}`;
  if ("entered" in place) return `封印 申請の入力 ${place.entered}`;
  return "derived" in place ? `算出 ${place.derived}` : `なし ${place.notHeld}`;
}

/** A 記録項目 as the document numbers it. The same name may stand in several files. */
export interface RecordItem {
  /** 特定個人情報ファイル, or the part of it. */
  file: string;
  no: number;
  name: string;
  place: Place;
}

/** A place in short: `vault.person.birth_date`, `register:name.kanji`, `entered:account`, `derived:…`, `none:…`. */
type PlaceText =
  | `${string}.${string}`
  | `register:${string}`
  | `entered:${string}`
  | `derived:${string}`
  | `none:${string}`;

function placeOf(text: PlaceText): Place {
  const [kind = "", ...rest] = text.split(":");
  const said = rest.join(":");
  if (kind === "register") return { register: said };
  if (kind === "entered") return { entered: said };
  if (kind === "derived") return { derived: said };
  if (kind === "none") return { notHeld: said };
  return { column: text };
}

/** The items of one file in the order of the document, whose numbers they get. */
export const recordFile = (
  file: string,
  items: readonly (readonly [name: string, place: PlaceText])[],
): RecordItem[] =>
  items.map(([name, place], index) => ({ file, no: index + 1, name, place: placeOf(place) }));
