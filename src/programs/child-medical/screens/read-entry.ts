import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";

/** Figures in half width, without spaces and hyphens. */
const figures = (text: string) => text.normalize("NFKC").replaceAll(/[\s-]/g, "");

/** Kana of any width as full-width katakana. */
const katakana = (text: string) =>
  text
    .normalize("NFKC")
    .replaceAll(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60))
    .replaceAll(/\s+/g, "　");

/** What the fields of a part are read with; a part reads its own items and no others (ACQ-3). */
const readers: Record<string, Record<string, (text: string) => string>> = {
  guardian: {
    name: plain,
    kana: katakana,
    relation: plain,
    postalCode: figures,
    address: plain,
    building: plain,
    telephone: (text) => text.normalize("NFKC"),
  },
  agent: { name: plain, relation: plain, address: plain },
  insurance: {
    insurerNumber: figures,
    insurerName: plain,
    kind: plain,
    symbol: plain,
    number: plain,
    branchNumber: figures,
    insuredName: plain,
    relation: plain,
    since: (text) => readDate(text) ?? "",
  },
  account: {
    bankCode: figures,
    branchCode: figures,
    kind: plain,
    number: figures,
    holderKana: katakana,
  },
  mailing: { name: plain, postalCode: figures, address: plain, building: plain },
};

function plain(text: string): string {
  return text.normalize("NFC");
}

/** One part of the form, such as `insurance`, by its field names `insurance.number`. */
export function readPart(form: Values, part: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(readers[part] ?? {}).map(([item, read]) => [
      item,
      read(form.text(`${part}.${item}`)),
    ]),
  );
}

/** The application as the form has it; the schema judges it. */
export function readApplication(form: Values): unknown {
  return {
    reason: form.text("reason"),
    guardian: readPart(form, "guardian"),
    agent: form.has("hasAgent") ? readPart(form, "agent") : null,
    insurance: readPart(form, "insurance"),
    account: form.has("hasAccount") ? readPart(form, "account") : null,
    mailing: form.has("hasMailing") ? readPart(form, "mailing") : null,
    welfare: form.has("welfare"),
  };
}
