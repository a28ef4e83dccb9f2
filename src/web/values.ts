import { Problem } from "#src/platform/problem.ts";

/** What came with a request: the query of the address or the fields of a form. Text is trimmed at both ends. */
export class Values {
  readonly #entries: ReadonlyMap<string, readonly string[]>;
  readonly #files: ReadonlyMap<string, readonly File[]>;

  constructor(
    entries: Iterable<readonly [string, string]> = [],
    files: Iterable<readonly [string, File]> = [],
  ) {
    this.#entries = group(entries);
    this.#files = group(files);
  }

  /** The value of a field, `""` when it did not come. */
  text(name: string): string {
    return this.#entries.get(name)?.[0]?.trim() ?? "";
  }

  /** The value of a field as it was typed, indents and all; lines end with `\n`. */
  whole(name: string): string {
    return (this.#entries.get(name)?.[0] ?? "").replaceAll("\r\n", "\n");
  }

  /** Every value of a field that may come several times (checkboxes, rows). */
  all(name: string): string[] {
    return (this.#entries.get(name) ?? []).map((value) => value.trim());
  }

  /** A whole number, or `undefined` when the field is empty or no number; full-width digits and commas are taken. */
  integer(name: string): number | undefined {
    const text = this.text(name).normalize("NFKC").replaceAll(",", "");
    return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  }

  /** Whether a checkbox was set (or a field came at all). */
  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** One of the allowed values, or `undefined`. */
  choice<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const text = this.text(name);
    return allowed.find((value) => value === text);
  }

  /**
   * The button that was pressed, whose value came under a name.
   *
   * @throws Problem 422 where it is none of the page's; nothing is done in its place
   */
  pressed<T extends string>(allowed: readonly T[], name = "event"): T {
    const button = this.choice(name, allowed);
    if (button === undefined)
      throw new Problem({
        status: 422,
        message: "どのボタンが押されたか分かりません。画面を開き直して、もう一度押してください。",
      });
    return button;
  }

  /** An uploaded file, or `undefined` when none was chosen. */
  file(name: string): File | undefined {
    return this.#files.get(name)?.find((file) => file.size > 0);
  }

  /** The same with other values of some fields; a field without one did not come. */
  with(changed: ReadonlyMap<string, readonly string[]>): Values {
    const kept = [...this.#entries].filter(([name]) => !changed.has(name));
    return new Values(
      [...kept, ...changed].flatMap(([name, list]) =>
        list.map((value): [string, string] => [name, value]),
      ),
    );
  }

  /** Names of the fields that came, so that a surplus one can be refused. */
  names(): string[] {
    return [...this.#entries.keys()];
  }
}

function group<T>(entries: Iterable<readonly [string, T]>): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const [name, value] of entries) {
    const list = grouped.get(name);
    if (list) list.push(value);
    else grouped.set(name, [value]);
  }
  return grouped;
}
