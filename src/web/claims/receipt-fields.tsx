import type { KeyedReceipt } from "#src/platform/claims/index.ts";
import { claimCares, claimDocuments } from "#workflows/claims/receipt.ts";
import { type IsoMonth, isIsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { exclusions } from "#workflows/medical/bills.ts";
import {
  CheckboxGroup,
  choicesOf,
  DateField,
  Disclosure,
  FieldGroup,
  FieldRow,
  NumberField,
  SelectField,
  TextField,
} from "../components/index.ts";
import { readDate, showDateShort } from "../dates.ts";
import type { Values } from "../values.ts";

/** Why it was paid at the counter, in the words of the form. */
const settings = {
  outside: "県外で受診",
  "not-shown": "証を提示しなかった",
  other: "その他",
} as const;

const tenths = { 7: "3割", 8: "2割", 9: "1割", 0: "10割" } as const;

/** A month of treatment in any usual way of writing: `R8.10`, `r810`, `202610`, `令和8年10月`. */
export function readMonth(text: string): IsoMonth | undefined {
  const typed = text.normalize("NFKC").trim();
  if (typed === "") return undefined;
  const compact = /^[a-z]?\d{3,6}$/i.test(typed);
  const whole = compact ? `${typed}01` : /月$/.test(typed) ? `${typed}1日` : `${typed}.1`;
  const day = isIsoDate(`${typed}-01`) ? `${typed}-01` : readDate(whole);
  return day?.slice(0, 7) as IsoMonth | undefined;
}

/** `R8.10`. */
export const showMonth = (month: string): string =>
  formatWarekiShort(`${month}-01` as `${number}-${number}-${number}`).replace(/\.0?1$/, "");

/** What the fields of a receipt show at first. */
export type KnownReceipt = Partial<KeyedReceipt>;

/** The fields of one receipt, in the order of the paper; what is asked for seldom stands behind. */
export function ReceiptFields(props: { at: number; known: KnownReceipt; preschool: boolean }) {
  const { at, known, preschool } = props;
  const name = (field: string) => `r${at}.${field}`;
  const yen = (value: number | undefined) => (value ? String(value) : "");
  const { care, cost } = known;
  const points = cost === undefined ? "" : String(care === "appliance" ? cost : cost / 10);
  const why = known.outsidePrefecture
    ? "outside"
    : known.certificateShown === false
      ? "not-shown"
      : known.care
        ? "other"
        : at === 1
          ? "outside"
          : "";
  return (
    <FieldGroup title={`領収書 ${at}`}>
      <FieldRow>
        <TextField
          name={name("month")}
          label="診療年月"
          width={8}
          value={known.month ? showMonth(known.month) : ""}
        />
        <NumberField name={name("day")} label="日" width={4} value={known.day?.toString() ?? ""} />
        <TextField
          name={name("institution")}
          label="医療機関（名前）"
          width={20}
          value={known.institutionName ?? ""}
        />
        <SelectField
          name={name("care")}
          label="区分"
          empty={at === 1 ? "選択" : "上と同じ"}
          options={choicesOf(claimCares)}
          value={care ?? ""}
        />
        <NumberField name={name("points")} label="点数" width={8} value={points} />
        <SelectField
          name={name("tenths")}
          label="負担"
          options={choicesOf(tenths)}
          value={String(known.insuranceTenths ?? (preschool ? 8 : 7))}
        />
        <NumberField
          name={name("times")}
          label="回数"
          width={4}
          value={known.times?.toString() ?? "1"}
        />
        <NumberField name={name("paid")} label="領収額" width={8} value={yen(known.paid)} />
      </FieldRow>
      <Disclosure title="食事・戻った額・書類">
        <FieldRow>
          <SelectField
            name={name("why")}
            label="窓口で払った理由"
            empty="上と同じ"
            options={choicesOf(settings)}
            value={why}
          />
          <TextField
            name={name("code")}
            label="医療機関コード"
            width={12}
            inputMode="numeric"
            value={known.institutionCode ?? ""}
          />
          <TextField
            name={name("prescriber")}
            label="処方した医療機関（調剤のとき）"
            width={20}
            value={known.prescriberName ?? ""}
          />
          <TextField
            name={name("prescriberCode")}
            label="処方した医療機関のコード"
            width={12}
            inputMode="numeric"
            value={known.prescriberCode ?? ""}
          />
          <DateField
            name={name("paidOn")}
            label="領収日"
            value={known.paidOn ? showDateShort(known.paidOn) : ""}
          />
          <SelectField
            name={name("exclusion")}
            label="助成の対象外"
            empty="なし"
            options={choicesOf(exclusions)}
            value={known.exclusion ?? ""}
          />
        </FieldRow>
        <FieldRow>
          <NumberField name={name("meals")} label="食事代" width={8} value={yen(known.meals)} />
          <NumberField
            name={name("mealDays")}
            label="食事の日数"
            width={4}
            value={yen(known.mealDays)}
          />
          <NumberField
            name={name("reimbursed")}
            label="戻った療養費"
            width={8}
            value={yen(known.reimbursed)}
          />
          <NumberField
            name={name("highCost")}
            label="高額療養費"
            width={8}
            value={yen(known.highCost)}
          />
          <NumberField
            name={name("additional")}
            label="附加給付"
            width={8}
            value={yen(known.additionalBenefit)}
          />
          <NumberField
            name={name("other")}
            label="ほかの公費"
            width={8}
            value={yen(known.otherPublic)}
          />
        </FieldRow>
        <CheckboxGroup
          name={name("documents")}
          label="提出された書類"
          options={choicesOf(claimDocuments)}
          values={known.documents ?? ["receipt"]}
        />
      </Disclosure>
    </FieldGroup>
  );
}

/** What is typed of a receipt, and where it stands on the form. */
interface TypedReceipt {
  at: number;
  typed: Record<string, unknown>;
}

/** Fields of the schema by their names on the form, so that a mistake finds its place. */
const fieldOf: Readonly<Record<string, string>> = {
  institutionName: "institution",
  institutionCode: "code",
  prescriberName: "prescriber",
  cost: "points",
  insuranceTenths: "tenths",
  additionalBenefit: "additional",
  otherPublic: "other",
};

/** Name of the field of a part of a receipt. */
export const receiptField = (at: number, part: string): string => `r${at}.${fieldOf[part] ?? part}`;

/** The receipts of the form; a group in which no amount was typed is none. What is left empty is as in the one above. */
export function readReceipts(form: Values, groups: number): TypedReceipt[] {
  const receipts: TypedReceipt[] = [];
  for (let at = 1; at <= groups; at += 1) {
    const text = (field: string) => form.text(`r${at}.${field}`);
    const number = (field: string, empty: number) =>
      text(field) === "" ? empty : (form.integer(`r${at}.${field}`) ?? Number.NaN);
    if (["points", "paid", "institution", "month"].every((field) => text(field) === "")) continue;
    const above = receipts.at(-1)?.typed ?? {};
    const care = text("care") || above.care;
    const points = number("points", 0);
    const why = text("why");
    receipts.push({
      at,
      typed: {
        month: text("month") === "" ? above.month : readMonth(text("month")),
        day: text("day") === "" ? undefined : number("day", 0),
        paidOn: text("paidOn") === "" ? undefined : (readDate(text("paidOn")) ?? "?"),
        institutionCode: text("code") || undefined,
        institutionName: text("institution") || above.institutionName || "",
        care,
        cost: care === "appliance" ? points : points * 10,
        insuranceTenths: number("tenths", 7),
        times: number("times", 1),
        paid: number("paid", 0),
        meals: number("meals", 0),
        mealDays: number("mealDays", 0),
        reimbursed: number("reimbursed", 0),
        highCost: number("highCost", 0),
        additionalBenefit: number("additional", 0),
        otherPublic: number("other", 0),
        outsidePrefecture: why === "" ? (above.outsidePrefecture ?? true) : why === "outside",
        certificateShown: why === "" ? (above.certificateShown ?? true) : why !== "not-shown",
        exclusion: text("exclusion") || undefined,
        prescriberName: text("prescriber") || undefined,
        prescriberCode: text("prescriberCode") || undefined,
        documents: form.all(`r${at}.documents`),
      },
    });
  }
  return receipts;
}
