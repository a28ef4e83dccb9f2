import { z } from "zod";
import { headOf } from "#src/platform/applications/index.ts";
import { lookAtPeople, shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { StepForm } from "#src/web/cases/index.ts";
import type { Looked } from "#src/web/cases/step-kind.ts";
import { readMonth, showMonth } from "#src/web/claims/receipt-fields.tsx";
import {
  Checkbox,
  choicesOf,
  DateField,
  Disclosure,
  FieldGroup,
  FieldRow,
  NumberField,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import { addMonths, daysInMonth, type IsoDate } from "#workflows/dates/iso-date.ts";
import {
  benefitsOfClass,
  type ReliefBenefit,
  reliefBenefits,
} from "#workflows/vaccination/relief/benefits.ts";
import { benefitRefusals } from "#workflows/vaccination/relief/faults.ts";
import { survivorRanks } from "#workflows/vaccination/relief/survivors.ts";
import { readDays, visitWays, writeDays } from "#workflows/vaccination/relief/visits.ts";
import { type ReliefBasis, reliefBasis } from "../../relief/basis.ts";
import { reliefCase } from "../../relief/open.ts";
import { type Claimed, claimedOf, openClaimed } from "../../relief-benefits/claimed.ts";
import { benefitEntrySchema, type SealedBenefits } from "../../relief-benefits/entry.ts";

interface Seen extends Looked {
  basis: ReliefBasis | undefined;
  claimed: Claimed | undefined;
  sealed: SealedBenefits | undefined;
  people: readonly { number: string; name: string }[];
}

async function look(work: Work, { caseId }: { caseId: string }): Promise<Seen> {
  const found = await reliefCase(work, caseId);
  const basis = await reliefBasis(work, caseId);
  const claimed = await claimedOf(work, caseId);
  const numbers = [...new Set([found.personNumber, ...(basis ? [basis.claimant] : [])])];
  const people = await lookAtPeople(work, numbers, ["facts", "name"]);
  return {
    found,
    head: await headOf(work, found),
    basis,
    claimed,
    sealed: claimed && (await openClaimed(work, claimed)),
    people: people.map((one) => ({ number: one.personNumber, name: shownName(one) })),
  };
}

const MEDICAL: readonly ReliefBenefit[] = ["medical-cost", "medical-allowance"];
const refusalOptions = choicesOf(benefitRefusals);
const amount = (value: number | undefined) => (value ? String(value) : "");

/** How many rows the form has: those that are known, and room for more. */
const rowsOf = (known: number, room: number) => known + room;
const VISIT_ROOM = 12;
const BENEFIT_ROOM = 3;

function Visit({ at, seen }: { at: number; seen: Seen }) {
  const known = seen.claimed?.visits[at - 1];
  const name = (field: string) => `v${at}.${field}`;
  const inB = seen.basis?.class === "B";
  return (
    <FieldGroup title={`受診 ${at}`}>
      <div class="stacked">
        <FieldRow>
          <TextField
            name={name("month")}
            label="受診年月"
            width={8}
            value={known ? showMonth(known.month) : ""}
          />
          <TextField
            name={name("institution")}
            label="医療機関・薬局（名前）"
            width={20}
            value={known ? (seen.sealed?.institutions[known.number] ?? "") : ""}
          />
          <SelectField
            name={name("way")}
            label="区分"
            empty={at === 1 ? "選択" : "上と同じ"}
            options={choicesOf(visitWays)}
            value={known?.way ?? ""}
          />
          <TextField
            name={name("days")}
            label="受診した日"
            width={12}
            value={known ? writeDays(known.days).replaceAll("〜", "-") : ""}
          />
          <NumberField
            name={name("paid")}
            label="自己負担額"
            width={8}
            value={amount(known?.paid)}
          />
          <NumberField name={name("meals")} label="食事代" width={8} value={amount(known?.meals)} />
          <NumberField
            name={name("reimbursed")}
            label="他で受けた額"
            width={8}
            value={amount(known?.reimbursed)}
          />
          <Checkbox
            name={name("certificate")}
            label="受診証明書あり"
            checked={known?.certificate ?? true}
          />
        </FieldRow>
        <Disclosure title="支払日・入院相当・不支給" open={known?.refusal != null}>
          <FieldRow>
            <TextField
              name={name("code")}
              label="医療機関コード（10桁）"
              width={12}
              inputMode="numeric"
              value=""
            />
            <DateField
              name={name("paidOn")}
              label="支払日"
              value={known?.paidOn ? showDateShort(known.paidOn as IsoDate) : ""}
            />
            <SelectField
              name={name("refusal")}
              label="不支給とする理由"
              empty="支給する"
              options={refusalOptions}
              value={known?.refusal ?? ""}
            />
            {inB && (
              <Checkbox
                name={name("hospitalEquivalent")}
                label="入院相当の医療"
                checked={known?.hospitalEquivalent ?? false}
              />
            )}
          </FieldRow>
        </Disclosure>
      </div>
    </FieldGroup>
  );
}

/** Benefits of the claim that are not by the month. */
const others = ({ basis }: Seen): ReliefBenefit[] =>
  (basis?.benefits ?? []).filter((one) => !MEDICAL.includes(one));

function Benefit({ at, seen }: { at: number; seen: Seen }) {
  const rows = seen.claimed?.benefits.filter(({ benefit }) => !MEDICAL.includes(benefit)) ?? [];
  const known = rows[at - 1];
  const name = (field: string) => `b${at}.${field}`;
  const options = benefitsOfClass[seen.basis?.class ?? "A"]
    .filter((one) => !MEDICAL.includes(one))
    .map((value) => ({ value, label: reliefBenefits[value] }));
  const [only] = others(seen);
  return (
    <FieldGroup title={`給付 ${at}`}>
      <div class="stacked">
        <FieldRow>
          <SelectField
            name={name("benefit")}
            label="給付"
            empty="なし"
            options={options}
            value={known?.benefit ?? (at === 1 && !seen.claimed ? (only ?? "") : "")}
          />
          <TextField
            name={name("payee")}
            label="支払う相手（統合宛名番号）"
            width={12}
            inputMode="numeric"
            value={known?.payeeNumber ?? (at === 1 ? (seen.basis?.claimant ?? "") : "")}
          />
          <SelectField
            name={name("rank")}
            label="死亡した方との続柄"
            empty="なし"
            options={choicesOf(survivorRanks)}
            value={known?.rank ?? ""}
          />
          <SelectField
            name={name("grade")}
            label="等級"
            empty="なし"
            options={[1, 2, 3].map((grade) => ({ value: String(grade), label: `${grade}級` }))}
            value={known?.grade ? String(known.grade) : ""}
          />
          <DateField
            name={name("causeOn")}
            label="支給事由の生じた日"
            value={known?.fromMonth ? showDateShort(addMonths(known.fromMonth as IsoDate, -1)) : ""}
          />
          <NumberField
            name={name("otherBenefits")}
            label="調整する額（円）"
            width={12}
            value={amount(known?.otherBenefits)}
          />
          <Checkbox
            name={name("homeCare")}
            label="在宅で介護（加算）"
            checked={known?.homeCare ?? false}
          />
          <SelectField
            name={name("refusal")}
            label="不支給とする理由"
            empty="支給する"
            options={refusalOptions}
            value={known?.refusal ?? ""}
          />
        </FieldRow>
      </div>
    </FieldGroup>
  );
}

function Fields({ seen }: { seen: Seen }) {
  const { basis, claimed, sealed, people } = seen;
  const medical = basis?.benefits.some((one) => MEDICAL.includes(one)) ?? false;
  const rest = others(seen).length > 0 || !medical;
  const allowance =
    claimed?.benefits.filter(({ benefit }) => benefit === "medical-allowance") ?? [];
  const visits = rowsOf(claimed?.visits.length ?? 0, medical ? VISIT_ROOM : 0);
  const benefits = rowsOf(
    claimed?.benefits.filter(({ benefit }) => !MEDICAL.includes(benefit)).length ?? 0,
    rest ? BENEFIT_ROOM : 0,
  );
  const payee = claimed?.benefits.find(({ benefit }) => MEDICAL.includes(benefit))?.payeeNumber;
  return (
    <>
      <input type="hidden" name="visits" value={visits} />
      <input type="hidden" name="benefits" value={benefits} />
      {medical && (
        <>
          <p class="lead">
            受診証明書1枚（医療機関・月・区分）を1行に入力します。受診した日は「1,3,5-9」のように続けて書けます。受診年月・医療機関・区分を空欄にすると、上の行と同じになります。受診した日を空欄にした行は、ないものとして扱います。
          </p>
          {Array.from({ length: visits }, (_, index) => (
            <Visit key={index} at={index + 1} seen={seen} />
          ))}
          <FieldGroup title="医療費・医療手当">
            <div class="stacked">
              <FieldRow>
                <SelectField
                  name="medicalPayee"
                  label="支払う相手"
                  required
                  options={people.map(({ number, name }) => ({ value: number, label: name }))}
                  value={payee ?? basis?.claimant ?? ""}
                />
                <TextField
                  name="allowanceMonths"
                  label="医療手当を請求する月"
                  hint="空欄なら、通院・入院のあるすべての月。例: R6.5 R6.6"
                  width={30}
                  value={allowance.map(({ month }) => showMonth(month ?? "")).join(" ")}
                />
                <TextField
                  name="allowanceRefused"
                  label="医療手当を不支給とする月"
                  width={20}
                  value={allowance
                    .filter(({ refusal }) => refusal !== null)
                    .map(({ month }) => showMonth(month ?? ""))
                    .join(" ")}
                />
                <SelectField
                  name="allowanceRefusal"
                  label="不支給とする理由"
                  empty="なし"
                  options={refusalOptions}
                  value={allowance.find(({ refusal }) => refusal !== null)?.refusal ?? ""}
                />
              </FieldRow>
            </div>
          </FieldGroup>
        </>
      )}
      {rest && (
        <>
          <p class="lead">
            {`年金・一時金・葬祭料を、支払う相手ごとに1行で入力します。調整する額は、年金では他の手当・年金（特別児童扶養手当、障害基礎年金など）の年額、一時金では差し引く額です。${people.map(({ number, name }) => `${name} ${number}`).join("、")}`}
          </p>
          {Array.from({ length: benefits }, (_, index) => (
            <Benefit key={index} at={index + 1} seen={seen} />
          ))}
          <FieldRow>
            <NumberField
              name="disabilityMonths"
              label="亡くなった方が障害年金を受けた月数"
              hint="遺族年金の期間から、84か月を限度に差し引きます。"
              width={8}
              value={String(claimed?.entry.disabilityMonths ?? 0)}
            />
          </FieldRow>
        </>
      )}
      <TextArea
        name="remark"
        label="備考（調整する額の根拠など）"
        rows={2}
        value={sealed?.remark ?? ""}
      />
    </>
  );
}

/** Months in a text: `R6.5 R6.6`. */
const monthsIn = (text: string): (string | undefined)[] =>
  text
    .split(/[,、\s]+/u)
    .filter(Boolean)
    .map((one) => readMonth(one) ?? "?");

type Row = { at: number; typed: Record<string, unknown> };

function readVisits(form: Values): Row[] {
  const rows: Row[] = [];
  const count = Math.min(form.integer("visits") ?? 0, 500);
  for (let at = 1; at <= count; at += 1) {
    const text = (field: string) => form.text(`v${at}.${field}`);
    const number = (field: string) =>
      text(field) === "" ? 0 : (form.integer(`v${at}.${field}`) ?? Number.NaN);
    if (["days", "paid", "meals"].every((field) => text(field) === "")) continue;
    const above = rows.at(-1)?.typed ?? {};
    const month = text("month") === "" ? above.month : readMonth(text("month"));
    const [year, ofYear] = String(month ?? "2000-01")
      .split("-")
      .map(Number);
    rows.push({
      at,
      typed: {
        month,
        institutionName: text("institution") || above.institutionName || "",
        institutionCode: text("code") || undefined,
        way: text("way") || above.way,
        days: readDays(text("days"), daysInMonth(year ?? 2000, ofYear ?? 1)),
        paid: number("paid"),
        meals: number("meals"),
        reimbursed: number("reimbursed"),
        paidOn: text("paidOn") === "" ? undefined : (readDate(text("paidOn")) ?? "?"),
        certificate: form.has(`v${at}.certificate`),
        hospitalEquivalent: form.has(`v${at}.hospitalEquivalent`),
        refusal: text("refusal") || undefined,
      },
    });
  }
  return rows;
}

function readBenefits(form: Values): Row[] {
  const rows: Row[] = [];
  const count = Math.min(form.integer("benefits") ?? 0, 30);
  for (let at = 1; at <= count; at += 1) {
    const text = (field: string) => form.text(`b${at}.${field}`);
    if (text("benefit") === "") continue;
    rows.push({
      at,
      typed: {
        benefit: text("benefit"),
        payeeNumber: text("payee"),
        rank: text("rank") || undefined,
        grade: form.integer(`b${at}.grade`),
        causeOn: text("causeOn") === "" ? undefined : (readDate(text("causeOn")) ?? "?"),
        homeCare: form.has(`b${at}.homeCare`),
        otherBenefits:
          text("otherBenefits") === "" ? 0 : (form.integer(`b${at}.otherBenefits`) ?? Number.NaN),
        refusal: text("refusal") || undefined,
      },
    });
  }
  return rows;
}

/** Fields of the schema by their names on the form. */
const fieldNames: Readonly<Record<string, string>> = {
  institutionName: "institution",
  institutionCode: "code",
  payeeNumber: "payee",
};

/** What was typed as the schema takes it; mistakes stand at the names of the fields. */
function read(form: Values, seen: Seen) {
  const visits = readVisits(form);
  const benefits = readBenefits(form);
  const named = monthsIn(form.text("allowanceMonths"));
  const refused = new Set(monthsIn(form.text("allowanceRefused")));
  const claims = seen.basis?.benefits.includes("medical-allowance") ?? false;
  const treated = visits.flatMap(({ typed }) =>
    typed.way === "pharmacy" || typed.month === undefined ? [] : [String(typed.month)],
  );
  const months = named.length > 0 ? named : claims ? [...new Set(treated)].toSorted() : [];
  const refusal = form.text("allowanceRefusal") || undefined;
  const got = benefitEntrySchema.safeParse({
    visits: visits.map(({ typed }) => typed),
    ...(form.text("medicalPayee") ? { medicalPayee: form.text("medicalPayee") } : {}),
    allowanceMonths: months.map((month) => ({
      month,
      ...(refused.has(month) && refusal ? { refusal } : {}),
    })),
    benefits: benefits.map(({ typed }) => typed),
    disabilityMonths: form.text("disabilityMonths") === "" ? 0 : form.integer("disabilityMonths"),
    remark: form.whole("remark").trim() || undefined,
  });
  if (got.success) return got;
  const issues = got.error.issues.map((issue) => {
    const [list, index, part] = issue.path;
    const row = (list === "visits" ? visits : benefits)[Number(index)];
    const letter = list === "visits" ? "v" : "b";
    const field = part === undefined ? "days" : (fieldNames[String(part)] ?? String(part));
    const place =
      (list === "visits" || list === "benefits") && row
        ? `${letter}${row.at}.${field}`
        : list === "visits"
          ? "v1.days"
          : String(list);
    return { ...issue, path: [place] };
  });
  return { success: false as const, error: new z.ZodError(issues) };
}

/** 給付の内容の入力: visits and benefits of a claim, keyed as they stand on its papers. */
export const benefitsForm: StepForm<Seen> = {
  page: "benefits",
  right: "case.enter",
  purpose: "case",
  audit: { opened: "relief-benefits.entry-opened", sent: "relief-benefits.entered" },
  look,
  title: () => "給付の内容の入力",
  Fields,
  read,
  button: "給付の内容を保存する",
  said: "給付の内容を保存しました。",
};
