import { headOf } from "#src/platform/applications/index.ts";
import { cityOf } from "#src/platform/city/index.ts";
import { outsidersOfCase } from "#src/platform/outsiders/index.ts";
import {
  type HouseholdView,
  lookAtHousehold,
  type Person,
  shownName,
} from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { StepForm } from "#src/web/cases/index.ts";
import type { Looked } from "#src/web/cases/step-kind.ts";
import {
  CheckboxGroup,
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  NumberField,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { outsiderPath } from "#src/web/outsider-path.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { figures } from "#workflows/text/widths.ts";
import { reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { claimantRelations } from "#workflows/vaccination/relief/claimants.ts";
import { harmClasses } from "#workflows/vaccination/relief/harm.ts";
import { schedule, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { type ClaimFactsRow, factsOf, harmOf } from "../../relief/basis.ts";
import { reliefEntrySchema, type SealedRelief } from "../../relief/entry.ts";
import { openSealedRelief } from "../../relief/keep-entry.ts";
import { reliefCase } from "../../relief/open.ts";
import { type RecordedShot, shotsWithIds } from "../../relief/shots.ts";

interface Seen extends Looked {
  known: ClaimFactsRow | undefined;
  words: SealedRelief | undefined;
  register: HouseholdView;
  /** Those outside the register who were opened for this case (住登外者). */
  outsiders: readonly string[];
  shots: readonly RecordedShot[];
  cityCode: string;
  today: IsoDate;
}

const other = "other";

/** What is known of an earlier claim of the same damage is offered again. */
async function look(work: Work, { caseId }: { caseId: string }): Promise<Seen> {
  const found = await reliefCase(work, caseId);
  const { follows } = await harmOf(work, caseId);
  const own = await factsOf(work, caseId);
  const from = own || !follows ? caseId : follows;
  const known = own ?? (follows ? await factsOf(work, follows) : undefined);
  const outsiders = await outsidersOfCase(work, caseId);
  const others = [...(known ? [known.claimantNumber] : []), ...outsiders];
  return {
    found,
    head: await headOf(work, found),
    known,
    words: known && (await openSealedRelief(work, from)),
    register: await lookAtHousehold(work, found.personNumber, others),
    outsiders,
    shots: await shotsWithIds(work, found.personNumber),
    cityCode: (await cityOf(work)).code,
    today: work.platform.clock.today(),
  };
}

/** Those who may claim: the person, the household, whoever was opened for this case, and whoever was named before. */
const offered = ({ register, known, outsiders }: Seen): Person[] => {
  const others = [...outsiders, ...(known ? [known.claimantNumber] : [])].flatMap(
    (number) => register.people.get(number) ?? [],
  );
  const all = [register.subject, ...register.household, ...others];
  return [...new Map(all.map((one) => [one.personNumber, one])).values()];
};

const shotName = ({ vaccine, dose, on }: RecordedShot): string =>
  `${vaccineLabel(vaccine)} ${dose}回目 ${showDateShort(on)}`;

/** The page on which a claim is entered: the damage, the benefits, who claims. */
export const entryForm: StepForm<Seen> = {
  page: "claim",
  right: "case.enter",
  purpose: "case",
  audit: { opened: "relief.entry-opened", sent: "relief.entered" },
  look,
  title: () => "請求の内容の入力",
  Fields,
  read,
  button: "保存する",
  said: "請求の内容を保存しました。",
};

function Fields({ seen }: { seen: Seen }) {
  const { found, known, words, shots, cityCode, today } = seen;
  const people = offered(seen);
  return (
    <>
      <FieldGroup title="接種">
        {shots.length > 0 && (
          <SelectField
            name="shot"
            label="接種記録"
            empty="記録によらず入力する"
            value={known?.shotId ?? ""}
            hint="選ぶと、ワクチンと接種日は記録のとおりになります。"
            options={shots.map((shot) => ({ value: shot.id, label: shotName(shot) }))}
          />
        )}
        <FieldRow>
          <SelectField
            name="vaccine"
            label="ワクチン"
            empty="選ぶ"
            value={known ? vaccineOf(known.vaccine).vaccine : ""}
            options={[
              ...schedule.map(({ id }) => ({ value: id, label: vaccineLabel(id) })),
              { value: other, label: "その他（右に書く）" },
            ]}
          />
          <TextField
            name="vaccineOther"
            label="その他のワクチン"
            value={known ? vaccineOf(known.vaccine).other : ""}
            width={20}
            printed
          />
          <DateField
            name="shotOn"
            label="接種日"
            value={known ? formatWarekiShort(known.shotOn as IsoDate) : ""}
            notAfter={{ on: today, word: "今日" }}
          />
        </FieldRow>
        <RadioGroup
          name="class"
          label="接種の区分"
          required
          options={choicesOf(harmClasses)}
          value={known?.class ?? ""}
        />
        <FieldRow>
          <TextField
            name="clinic"
            label="接種した医療機関"
            value={words?.clinic}
            width={30}
            printed
          />
          <TextField name="lot" label="ロット番号" value={words?.lot} width={12} />
          <TextField
            name="residenceCode"
            label="接種した日の住所地の市区町村コード"
            hint={`接種した日に住んでいた市区町村が受け付けます。この市は${cityCode}です。`}
            inputMode="numeric"
            value={known?.residenceCode ?? cityCode}
            width={8}
            required
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title="健康被害">
        <TextArea name="symptoms" label="症状と経過" required rows={4} value={words?.symptoms} />
        <TextArea
          name="institutions"
          label="受診した医療機関"
          rows={2}
          value={words?.institutions}
        />
        <FieldRow>
          <DateField
            name="onsetOn"
            label="発症日"
            value={words?.onsetOn ? formatWarekiShort(words.onsetOn) : ""}
            notAfter={{ on: today, word: "今日" }}
          />
          <DateField
            name="diedOn"
            label="死亡日（亡くなった方のとき）"
            value={known?.diedOn ? formatWarekiShort(known.diedOn as IsoDate) : ""}
            notAfter={{ on: today, word: "今日" }}
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title="請求">
        <CheckboxGroup
          name="benefits"
          label="請求する給付"
          hint="医療費と医療手当は、一緒に請求できます。ほかの給付は一つずつ受け付けます。"
          required
          options={choicesOf(reliefBenefits)}
          values={known?.benefits ?? []}
        />
        <FieldRow>
          <SelectField
            name="claimant"
            label="請求する方"
            required
            empty="選ぶ"
            value={known?.claimantNumber ?? ""}
            options={[
              ...people.map((one) => ({ value: one.personNumber, label: shownName(one) })),
              { value: other, label: "ほかの方（右に番号を入れる）" },
            ]}
          />
          <NumberField name="claimantNumber" label="ほかの方の統合宛名番号" check="person-number" />
        </FieldRow>
        <p class="field-hint">
          <a href={outsiderPath({ program: found.program, caseId: found.id })}>
            請求する方を住登外者として登録する
          </a>
          （登録すると、「請求する方」で選べます。この画面の入力は、先に保存してください。）
        </p>
        <SelectField
          name="relation"
          label="続柄"
          required
          empty="選ぶ"
          value={known?.relation ?? ""}
          options={choicesOf(claimantRelations)}
        />
        <FieldRow>
          <DateField
            name="claimedOn"
            label="請求日"
            required
            value={known ? formatWarekiShort(known.claimedOn as IsoDate) : formatWarekiShort(today)}
            notAfter={{ on: today, word: "今日" }}
          />
          <TextField name="telephone" label="電話番号" value={words?.telephone} width={20} />
        </FieldRow>
        <TextArea name="remark" label="備考" rows={2} value={words?.remark} />
      </FieldGroup>
    </>
  );
}

const vaccineOf = (written: string) =>
  schedule.some(({ id }) => id === written)
    ? { vaccine: written, other: "" }
    : { vaccine: other, other: written };

const dateOf = (form: Values, name: string): IsoDate | string | undefined =>
  form.text(name) === "" ? undefined : (readDate(form.text(name)) ?? form.text(name));

function read(form: Values, { shots }: Seen) {
  const shot = shots.find(({ id }) => id === form.text("shot"));
  const chosen = form.text("vaccine");
  const claimant = form.text("claimant");
  const optional = (name: string) => (form.text(name) ? { [name]: form.text(name) } : {});
  const diedOn = dateOf(form, "diedOn");
  const onsetOn = dateOf(form, "onsetOn");
  return reliefEntrySchema.safeParse({
    class: form.text("class") || undefined,
    vaccine: shot?.vaccine ?? (chosen === other ? form.text("vaccineOther") : chosen),
    shotOn: shot?.on ?? dateOf(form, "shotOn"),
    ...(shot ? { shotId: shot.id } : {}),
    residenceCode: figures(form.text("residenceCode")),
    ...(diedOn ? { diedOn } : {}),
    benefits: form.all("benefits"),
    relation: form.text("relation") || undefined,
    claimantNumber: claimant === other ? figures(form.text("claimantNumber")) : claimant,
    claimedOn: dateOf(form, "claimedOn"),
    symptoms: form.text("symptoms"),
    ...(onsetOn ? { onsetOn } : {}),
    ...optional("institutions"),
    ...optional("clinic"),
    ...optional("lot"),
    ...optional("telephone"),
    ...optional("remark"),
  });
}
