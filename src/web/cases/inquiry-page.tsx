import {
  type AnyApplicationKind,
  askedSchema,
  type CaseHead,
  headOf,
} from "#src/platform/applications/index.ts";
import { applyEvent, type CaseRow } from "#src/platform/cases/index.ts";
import { errorsOf, type InquiryRow, inquiryRows } from "#src/platform/intake/index.ts";
import type { Work } from "#src/platform/work.ts";
import { limitBounds } from "#workflows/cases/deadlines.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import {
  Actions,
  Button,
  ButtonLink,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  Panel,
  PostalCodeField,
  SelectField,
  TextArea,
  TextField,
} from "../components/index.ts";
import { readDate, showDate } from "../dates.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import { afterStep } from "./after-step.ts";
import { nextOnList } from "./came-from.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { DraftedForm, DraftsContext, type FormDrafts } from "./drafted-form.tsx";
import { findCase } from "./find-case.ts";
import { dropFormDraft, readFormDrafts } from "./form-drafts.ts";
import { withNext } from "./next-work.tsx";
import { StepFields } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { readStep, revisionAgain } from "./read-step.ts";
import { mistakesOf, SentContext } from "./sent.tsx";
import { type SentStep, stepPage } from "./step-page.tsx";

/** Where other authorities are asked by letter, and their answers taken down (workflows/cases/inquiries.ts). */
export function inquiryScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program, inquiries } = screens.application;
  if (!inquiries) return [];
  const shared = {
    program,
    right: "case.examine",
    purpose: "case",
    path: `/${program}/cases/:caseId/inquiry`,
  } as const;
  return [
    defineRoute({
      ...shared,
      method: "get",
      audit: "inquiry.opened",
      async handle({ params: { caseId }, query, work }) {
        const draft = query.text("draft");
        const seen = await work((unit) => look(unit, screens, { caseId, draft }), { caseId });
        return inquiryPage(seen, {});
      },
    }),
    defineRoute({
      ...shared,
      method: "post",
      audit: "inquiry.step-requested",
      async handle({ params: { caseId }, form, work, platform, actor }) {
        const seen = await work((unit) => look(unit, screens, { caseId }), { caseId });
        const type = form.pressed(["inquire", "recordAnswer"]);
        let next: string | undefined;
        try {
          const read = type === "inquire" ? readAsked(form, seen) : readAnswer(form);
          if ("errors" in read) return inquiryPage(seen, { form, errors: read.errors });
          const { event, input } = read;
          await work(
            async (unit) => {
              next = await nextOnList(unit, { program, caseId });
              await applyEvent(unit, { ...readStep(caseId, form), event, input });
              await dropFormDraft(unit, caseId, formOf(form));
            },
            { caseId },
          );
        } catch (error) {
          return inquiryPage(seen, { form, ...mistakesOf(error) });
        }
        const to = withNext(casePath(seen.found), next);
        return afterStep({ platform, actor }, { caseId, to, said: "記録しました。" });
      },
    }),
  ];
}

interface Seen {
  found: CaseRow;
  head: CaseHead;
  deadlines: AnyApplicationKind["deadlines"];
  titles: Readonly<Record<string, string>>;
  open: InquiryRow[];
  drafts: FormDrafts;
}

async function look(
  work: Work,
  screens: AnyCaseScreens,
  { caseId, draft }: { caseId: string; draft?: string },
): Promise<Seen> {
  const { found } = await findCase(work, screens, caseId);
  const open = (await inquiryRows(work, caseId)).filter((one) => !one.answeredOn && !one.closedOn);
  const subjects = Object.entries(screens.application.inquiries ?? {});
  return {
    found,
    head: await headOf(work, found),
    deadlines: screens.application.deadlines,
    open,
    drafts: await readFormDrafts(work, found, { page: "inquiry", draft }),
    titles: Object.fromEntries(subjects.map(([code, { title }]) => [code, title])),
  };
}

/** The event with its letter, or what is wrong at each field. */
function readAsked(form: Values, { titles }: Seen) {
  const input = {
    subject: form.text("subject"),
    addressee: form.text("addressee"),
    postalCode: figures(form.text("postalCode")),
    address: form.text("address"),
  };
  const read = askedSchema(titles).safeParse(input);
  const until = readDate(form.text("until"));
  const errors = {
    ...(read.success ? {} : errorsOf(read.error)),
    ...(until ? {} : { until: "回答期限を入力してください。例: R8.12.4" }),
  };
  return until && read.success ? { event: { type: "inquire", until }, input } : { errors };
}

const readAnswer = (form: Values) => ({
  event: { type: "recordAnswer" },
  input: { inquiryId: form.text("inquiryId"), answer: form.text("answer") },
});

/** Which form of the page it is: the one that asks, or an inquiry's. */
const formOf = (form: Values): string =>
  form.text("event") === "recordAnswer" ? form.text("inquiryId") : "inquire";

function inquiryPage(seen: Seen, sent: SentStep) {
  const { found, head, open, drafts } = seen;
  const { form, errors = {} } = sent;
  return stepPage(found, {
    title: "照会",
    head,
    sent,
    content: (
      <SentContext.Provider value={form && { event: formOf(form), form, errors }}>
        <DraftsContext.Provider value={drafts}>
          <Columns>
            <AskPanel seen={seen} sent={sent} />
            <div>
              {open.map((inquiry) => (
                <AnswerPanel key={inquiry.id} seen={seen} sent={sent} inquiry={inquiry} />
              ))}
            </div>
          </Columns>
        </DraftsContext.Provider>
      </SentContext.Provider>
    ),
  });
}

function AskPanel({ seen, sent }: { seen: Seen; sent: SentStep }) {
  const { found, titles } = seen;
  const path = casePath(found);
  return (
    <Panel title="照会する">
      <DraftedForm event="inquire" action={`${path}/inquiry`} class="form stacked">
        <StepFields found={{ revision: revisionAgain(found, sent) }} event="inquire" />
        <SelectField name="subject" label="照会する事項" options={choicesOf(titles)} />
        <TextField name="addressee" label="照会先（機関と課の名前）" required printed width={30} />
        <PostalCodeField name="postalCode" label="郵便番号" required address="address" />
        <TextField name="address" label="住所" required printed width={40} />
        <DateField
          name="until"
          label="回答期限"
          required
          {...limitBounds(seen.head.today, seen.deadlines)}
        />
        <Actions>
          <Button shortcut="Ctrl+Enter">照会書を作成する</Button>
          <ButtonLink href={path}>戻る</ButtonLink>
        </Actions>
      </DraftedForm>
    </Panel>
  );
}

function AnswerPanel(props: { seen: Seen; sent: SentStep; inquiry: InquiryRow }) {
  const { seen, sent, inquiry } = props;
  const { id, subject, addressee, askedOn, dueOn } = inquiry;
  return (
    <Panel title={`${addressee}の回答`}>
      <DefinitionList
        items={[
          ["照会した事項", seen.titles[subject] ?? subject],
          ["照会日・回答期限", `${showDate(askedOn as IsoDate)}・${showDate(dueOn as IsoDate)}`],
        ]}
      />
      <DraftedForm event={id} action={`${casePath(seen.found)}/inquiry`} class="form stacked">
        <StepFields found={{ revision: revisionAgain(seen.found, sent) }} event="recordAnswer" />
        <input type="hidden" name="inquiryId" value={id} />
        <TextArea name="answer" label="回答の内容" required rows={4} idPrefix={id} />
        <Button look="secondary">回答を記録する</Button>
      </DraftedForm>
    </Panel>
  );
}
