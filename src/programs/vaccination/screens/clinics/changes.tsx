import { Table } from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import type { changesOf } from "../../clinics/register.ts";
import {
  bodyKinds,
  clinicKinds,
  clinicPlaces,
  closureKinds,
  doctorRoles,
} from "../../clinics/words.ts";
import { doseTitle } from "../records/parts.tsx";
import { contractTitle, day, whatTitles } from "./parts.tsx";

type Change = Awaited<ReturnType<typeof changesOf>>["rows"][number];

const titles: Readonly<Record<string, string>> = {
  registered: "医療機関の登録",
  corrected: "基本の内容の変更",
  "vaccines-set": "扱う接種の変更",
  "doctor-added": "医師などの登録",
  "doctor-ended": "医師などの終了",
  "doctor-removed": "医師などの登録の誤り",
  "contract-proposed": "契約の入力",
  "contract-confirmed": "契約の確認",
  "contract-refused": "契約の差戻し",
  "contract-withdrawn": "契約の取下げ",
  "closure-proposed": "休止・廃止の入力",
  "closure-confirmed": "休止・廃止の確認",
  "closure-refused": "休止・廃止の差戻し",
  "closure-withdrawn": "休止・廃止の取下げ",
  "account-entered": "振込先口座の入力",
  "account-confirmed": "振込先口座の確認",
  "account-refused": "振込先口座を使わない",
  "account-withdrawn": "振込先口座の取下げ",
  "account-closed": "振込先口座の使用終了",
  "body-registered": "取りまとめ団体の登録",
  "body-corrected": "取りまとめ団体の変更",
};

/** What may stand in a change, in words. */
const items: Readonly<Record<string, string>> = {
  name: "名称",
  kana: "カナ",
  kind: "区分",
  place: "所在",
  postal_code: "郵便番号",
  address: "住所",
  district: "地区",
  phone: "電話番号",
  listed: "市民向けの一覧",
  role: "区分",
  what: "登録",
  valid_from: "始まり",
  valid_to: "終わり",
};

const kinds: Readonly<Record<string, string>> = { ...clinicKinds, ...closureKinds };
const bodyTitles: Readonly<Record<string, string>> = bodyKinds;

function inWords(what: string, item: string, value: unknown): string {
  if (item === "kind" && what.startsWith("body")) return bodyTitles[String(value)] ?? "";
  if (value === null || value === undefined || value === "") return "なし";
  if (value === true) return "載せる";
  if (value === false) return "載せない";
  const text = String(value);
  if (item === "kind")
    return what.startsWith("contract") ? contractTitle(text) : (kinds[text] ?? text);
  if (item === "place") return (clinicPlaces as Readonly<Record<string, string>>)[text] ?? text;
  if (item === "role") return (doctorRoles as Readonly<Record<string, string>>)[text] ?? text;
  if (item === "what") return (whatTitles as Readonly<Record<string, string>>)[text] ?? text;
  if (item === "valid_from" || item === "valid_to") return day(text);
  return text;
}

/** What a change says: of vaccines those that came and went, otherwise each item with what it was before. */
function linesOf({ what, before, after }: Change): string[] {
  if (what === "vaccines-set") {
    const [was, became] = [Object.keys(before ?? {}), Object.keys(after ?? {})];
    const list = (found: readonly string[]) => found.map((one) => doseTitle(one)).join("、");
    const [came, went] = [
      became.filter((one) => !was.includes(one)),
      was.filter((one) => !became.includes(one)),
    ];
    return [
      ...(came.length > 0 ? [`加えた: ${list(came)}`] : []),
      ...(went.length > 0 ? [`やめた: ${list(went)}`] : []),
    ];
  }
  const said = Object.entries(after ?? {});
  // What is new is told in one line, without what it does not have.
  if (!before)
    return [
      said
        .filter(([, value]) => value !== null && value !== "")
        .map(([item, value]) => `${items[item] ?? item}: ${inWords(what, item, value)}`)
        .join("、"),
    ];
  return said.flatMap(([item, value]) =>
    before[item] === value
      ? []
      : `${items[item] ?? item}: ${inWords(what, item, before[item])} → ${inWords(what, item, value)}`,
  );
}

/** The history of a clinic or an association. */
export const ChangesTable = ({ rows }: { rows: readonly Change[] }) => (
  <Table
    caption="変更の履歴"
    columns={[
      { title: "日時", cell: ({ at }) => showMoment(at), nowrap: true },
      { title: "何を", cell: ({ what }) => titles[what] ?? what, nowrap: true },
      {
        title: "内容",
        cell: (row) => (
          <ul class="plain-list">
            {linesOf(row).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ),
      },
      { title: "だれが", cell: ({ staffName }) => staffName, nowrap: true },
    ]}
    rows={rows}
    empty="履歴はありません。"
  />
);
