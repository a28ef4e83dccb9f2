import { headOf } from "#src/platform/applications/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { StepForm } from "#src/web/cases/index.ts";
import { CommentField } from "#src/web/cases/parts.tsx";
import type { Looked } from "#src/web/cases/step-kind.ts";
import {
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  RadioGroup,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { type ReliefBenefit, reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { factsOf } from "../../relief/basis.ts";
import { reliefCase } from "../../relief/open.ts";
import { answerSchema, appealSchema, forwardSchema, recogniseSchema } from "../../relief/steps.ts";
import { benefitsForm } from "../relief-benefits/entry-form.tsx";
import { entryForm } from "./entry-form.tsx";

interface Seen extends Looked {
  benefits: readonly ReliefBenefit[];
  today: IsoDate;
}

async function look(work: Work, { caseId }: { caseId: string }): Promise<Seen> {
  const found = await reliefCase(work, caseId);
  return {
    found,
    head: await headOf(work, found),
    benefits: ((await factsOf(work, caseId))?.benefits ?? []) as ReliefBenefit[],
    today: work.platform.clock.today(),
  };
}

const dateOf = (form: Values, name: string): string | undefined =>
  form.text(name) === "" ? undefined : (readDate(form.text(name)) ?? form.text(name));

/** What all pages of these steps have in common. */
const shared = { right: "case.examine", purpose: "case", look } as const;

/** The comment of a step that has to say why, with the event for which it is read. */
const Why = ({ event, required = false }: { event: string; required?: boolean }) => (
  <>
    <input type="hidden" name="event" value={event} />
    <CommentField event={event} label={required ? "理由・内容" : "コメント"} required={required} />
  </>
);

const forwardForm: StepForm<Seen> = {
  ...shared,
  page: "forward",
  audit: { opened: "relief.forward-opened", sent: "relief.forwarded" },
  title: () => "都道府県への進達",
  Fields: ({ seen: { today } }) => (
    <>
      <DateField
        name="forwardedOn"
        label="進達日"
        hint="進達書は、進達を記録した後に「文書」から印刷します。"
        required
        value={formatWarekiShort(today)}
        notAfter={{ on: today, word: "今日" }}
      />
      <Why event="forward" />
    </>
  ),
  read: (form) => forwardSchema.safeParse({ forwardedOn: dateOf(form, "forwardedOn") }),
  button: "進達を記録する",
  said: "進達を記録しました。進達書を作成します。",
};

/** Day, arrival and number of the notice. */
const Notice = ({ today }: { today: IsoDate }) => (
  <>
    <FieldRow>
      <DateField
        name="answeredOn"
        label="通知の日付"
        required
        value=""
        notAfter={{ on: today, word: "今日" }}
      />
      <DateField
        name="arrivedOn"
        label="市に届いた日"
        required
        value={formatWarekiShort(today)}
        notAfter={{ on: today, word: "今日" }}
      />
    </FieldRow>
    <TextField name="reference" label="通知の番号" required width={30} />
  </>
);

const readNotice = (form: Values) => ({
  answeredOn: dateOf(form, "answeredOn"),
  arrivedOn: dateOf(form, "arrivedOn"),
  reference: form.text("reference") || undefined,
});

const recognisedChoices = { yes: "認定された", no: "認定されなかった" } as const;

const recogniseForm: StepForm<Seen> = {
  ...shared,
  page: "recognise",
  audit: { opened: "relief.answer-opened", sent: "relief.answered" },
  title: () => "認定の通知の記録",
  Fields: ({ seen: { benefits, today } }) => (
    <>
      <Notice today={today} />
      {benefits.map((benefit) => (
        <FieldGroup key={benefit} title={reliefBenefits[benefit]}>
          <RadioGroup
            name={`recognised-${benefit}`}
            label={`${reliefBenefits[benefit]}の認定`}
            required
            options={choicesOf(recognisedChoices)}
          />
          <FieldRow>
            {benefit.endsWith("-pension") && benefit !== "survivor-pension" && (
              <SelectField
                name={`grade-${benefit}`}
                label="等級"
                empty="なし"
                options={[1, 2, 3].map((grade) => ({ value: String(grade), label: `${grade}級` }))}
              />
            )}
            <DateField
              name={`from-${benefit}`}
              label="期間の始まり"
              hint="認定された期間が示されているとき"
              value=""
            />
            <DateField name={`to-${benefit}`} label="期間の終わり" value="" />
          </FieldRow>
        </FieldGroup>
      ))}
      <Why event="recognise" />
    </>
  ),
  read: (form, { benefits }) =>
    recogniseSchema.safeParse({
      ...readNotice(form),
      benefits: Object.fromEntries(
        benefits.flatMap((benefit) => {
          const said = form.choice(`recognised-${benefit}`, ["yes", "no"]);
          if (!said) return [];
          const grade = form.integer(`grade-${benefit}`);
          const from = dateOf(form, `from-${benefit}`);
          const to = dateOf(form, `to-${benefit}`);
          return [
            [
              benefit,
              {
                recognised: said === "yes",
                ...(grade ? { grade } : {}),
                ...(from ? { from } : {}),
                ...(to ? { to } : {}),
              },
            ],
          ];
        }),
      ),
    }),
  button: "認定を記録する",
  said: "認定の通知を記録しました。",
};

const answerForm = (page: "deny" | "defer", word: string): StepForm<Seen> => ({
  ...shared,
  page,
  audit: { opened: "relief.answer-opened", sent: "relief.answered" },
  title: () => `${word}の通知の記録`,
  Fields: ({ seen: { today } }) => (
    <>
      <Notice today={today} />
      <Why event={page} />
    </>
  ),
  read: (form) => answerSchema.safeParse(readNotice(form)),
  button: `${word}を記録する`,
  said: `${word}の通知を記録しました。`,
});

const appealForm = (of: {
  page: string;
  event: string;
  title: string;
  label: string;
  button: string;
}): StepForm<Seen> => ({
  ...shared,
  page: of.page,
  audit: { opened: "relief.appeal-opened", sent: "relief.appeal-recorded" },
  title: () => of.title,
  Fields: ({ seen: { today } }) => (
    <>
      <DateField
        name="on"
        label={of.label}
        required
        value=""
        notAfter={{ on: today, word: "今日" }}
      />
      <Why event={of.event} required />
    </>
  ),
  read: (form) => appealSchema.safeParse({ on: dateOf(form, "on") }),
  button: of.button,
  said: "記録しました。",
});

/** Pages of steps of a claim for relief. */
export const reliefStepForms = [
  entryForm,
  benefitsForm,
  forwardForm,
  recogniseForm,
  answerForm("deny", "否認"),
  answerForm("defer", "保留"),
  appealForm({
    page: "appeal",
    event: "recordAppeal",
    title: "審査請求の記録",
    label: "知事が審査請求を受けた日",
    button: "審査請求を記録する",
  }),
  appealForm({
    page: "ruling-upheld",
    event: "upholdAppeal",
    title: "決定を取り消す裁決の記録",
    label: "裁決の日",
    button: "裁決を記録する",
  }),
  appealForm({
    page: "ruling-dismissed",
    event: "dismissAppeal",
    title: "棄却・却下の裁決、取下げの記録",
    label: "裁決・取下げの日",
    button: "裁決を記録する",
  }),
] as const;
