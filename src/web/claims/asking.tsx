import { type CaseHead, headOf } from "#src/platform/applications/index.ts";
import { applyEvent, type CaseRow } from "#src/platform/cases/index.ts";
import {
  billsOf,
  type ClaimKind,
  inquirySchema,
  makeClaimLetter,
  openSealedClaim,
  supplementSchema,
} from "#src/platform/claims/index.ts";
import { errorsOf } from "#src/platform/intake/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { limitBounds, usualDeadlines } from "#workflows/cases/deadlines.ts";
import { claimCares } from "#workflows/claims/receipt.ts";
import {
  type Asked,
  askedTitles,
  inquiryItems,
  supplementItems,
} from "#workflows/claims/requests.ts";
import { figures } from "#workflows/text/widths.ts";
import { yen } from "#workflows/text/yen.ts";
import { afterStep } from "../cases/after-step.ts";
import { StepFields } from "../cases/parts.tsx";
import { readStep, revisionAgain } from "../cases/read-step.ts";
import { mistakesOf, problemOf } from "../cases/sent.tsx";
import { type SentStep, stepPage } from "../cases/step-page.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  CheckboxGroup,
  choicesOf,
  DateField,
  FieldRow,
  Form,
  Panel,
  PostalCodeField,
  RadioGroup,
  TextArea,
  TextField,
} from "../components/index.ts";
import { readDate } from "../dates.ts";
import { inlinePdf, type Reply } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import { claimCase } from "./claim-case.ts";
import { showMonth } from "./receipt-fields.tsx";
import { claimPaths } from "./words.ts";

interface Seen {
  found: CaseRow;
  head: CaseHead;
  receipts: readonly { number: number; label: string }[];
}

async function look(work: Work, kind: ClaimKind, caseId: string): Promise<Seen> {
  const found = await claimCase(work, kind, caseId);
  const { institutions } = await openSealedClaim(work, found);
  const bills = await billsOf(work, caseId);
  return {
    found,
    head: await headOf(work, found),
    receipts: bills.map(({ number, month, care, paid }) => ({
      number,
      label: `領収書${number} ${showMonth(month)} ${institutions[number] ?? ""} ${claimCares[care]} ${yen(paid)}`,
    })),
  };
}

/** One of the two: 補正 of the claimant, 照会 to an institution or insurer. */
interface Asking {
  page: "supplement" | "ask";
  event: "hold" | "inquire";
  letter: "claim-supplement" | "claim-inquiry";
  title: string;
  button: string;
  Fields(props: { seen: Seen }): preact.JSX.Element;
  /** What was entered, before it is judged. */
  read(form: Values): Record<string, unknown>;
  schema: typeof supplementSchema | typeof inquirySchema;
}

const until = (form: Values) => readDate(form.text("until"));
const words = (form: Values) => form.whole("words").trim() || undefined;

const supplement: Asking = {
  page: "supplement",
  event: "hold",
  letter: "claim-supplement",
  title: "補正を求める",
  button: "補正のお願いを送る",
  schema: supplementSchema,
  read: (form) => ({ items: form.all("items"), words: words(form), until: until(form) }),
  Fields: ({ seen }) => (
    <>
      <CheckboxGroup name="items" label="求める書類" options={choicesOf(supplementItems)} />
      <TextArea name="words" label="そのほかに求めること（通知に印刷されます）" rows={3} />
      <DateField
        name="until"
        label="補正期限"
        required
        {...limitBounds(seen.head.today, usualDeadlines)}
      />
    </>
  ),
};

const ask: Asking = {
  page: "ask",
  event: "inquire",
  letter: "claim-inquiry",
  title: "照会する",
  button: "照会書を作成する",
  schema: inquirySchema,
  read: (form) => ({
    asked: form.text("asked"),
    items: form.all("items"),
    receipts: form.all("receipts").map(Number),
    words: words(form),
    addressee: form.text("addressee"),
    postalCode: figures(form.text("postalCode")).replaceAll("-", ""),
    address: form.text("address"),
    until: until(form),
  }),
  Fields: ({ seen }) => (
    <>
      <RadioGroup name="asked" label="照会先" required options={choicesOf(askedTitles)} />
      <CheckboxGroup
        name="receipts"
        label="照会する領収書"
        options={seen.receipts.map(({ number, label }) => ({ value: String(number), label }))}
        values={seen.receipts.length === 1 ? ["1"] : []}
      />
      <CheckboxGroup
        name="items"
        label="回答してもらう項目"
        options={choicesOf(inquiryItems)}
        hint="医療機関には受診した日・点数・領収した額、保険者には適用区分・給付の額を尋ねます。"
      />
      <TextArea name="words" label="照会する事項（照会書に印刷されます）" rows={3} />
      <TextField name="addressee" label="宛名（機関と課の名前）" required printed width={30} />
      <FieldRow>
        <PostalCodeField name="postalCode" label="郵便番号" required address="address" />
        <TextField name="address" label="住所" required printed width={40} />
      </FieldRow>
      <DateField
        name="until"
        label="回答期限"
        required
        {...limitBounds(seen.head.today, usualDeadlines)}
      />
    </>
  ),
};

/** Asking for something in writing: the letter can be looked at before, and is kept as it is sent. */
export function askingScreens(kind: ClaimKind): AnyRoute[] {
  return [supplement, ask].flatMap((asking) => screensOf(kind, asking));
}

function screensOf(kind: ClaimKind, asking: Asking): AnyRoute[] {
  const { program } = kind;
  const shared = { program, right: "case.examine", purpose: "case" } as const;
  const path = `/${program}/cases/:caseId/${asking.page}` as const;
  return [
    defineRoute({
      ...shared,
      method: "get",
      path,
      audit: "claims.asking-opened",
      async handle({ params: { caseId }, work }) {
        return askingPage(
          kind,
          asking,
          await work((unit) => look(unit, kind, caseId), { caseId }),
          {},
        );
      },
    }),
    defineRoute({
      ...shared,
      method: "post",
      path,
      audit: "claims.asked",
      async handle({ params: { caseId }, form, work, platform, actor }) {
        const seen = await work((unit) => look(unit, kind, caseId), { caseId });
        const input = asking.read(form);
        const errors = mistakes(asking, input);
        if (errors) return askingPage(kind, asking, seen, { form, errors });
        const { until: day, ...asked } = input;
        try {
          await work(
            (unit) =>
              applyEvent(unit, {
                ...readStep(caseId, form),
                event: { type: asking.event, until: String(day) },
                input: asked,
              }),
            { caseId },
          );
        } catch (error) {
          return askingPage(kind, asking, seen, { form, ...mistakesOf(error) });
        }
        const to = claimPaths(program).claim(caseId);
        const said =
          asking.page === "ask" ? "照会書を作成しました。" : "補正のお願いを作成しました。";
        return afterStep({ platform, actor }, { caseId, to, said });
      },
    }),
    // Nothing is kept and no number is given.
    defineRoute({
      ...shared,
      method: "post",
      path: `/${program}/cases/:caseId/${asking.page}/preview` as const,
      audit: "paper.previewed",
      async handle({ params: { caseId }, form, work }) {
        const seen = await work((unit) => look(unit, kind, caseId), { caseId });
        const input = asking.read(form);
        const errors = mistakes(asking, input);
        if (errors) return askingPage(kind, asking, seen, { form, errors });
        try {
          const { pdf } = await work((unit) => previewOf(unit, kind, asking, { seen, input }), {
            caseId,
          });
          return inlinePdf(`${asking.letter}-preview.pdf`, pdf);
        } catch (error) {
          return askingPage(kind, asking, seen, { form, problem: problemOf(error) });
        }
      },
    }),
  ];
}

/** What is wrong, by field; nothing where all is well. */
function mistakes(asking: Asking, input: Record<string, unknown>) {
  const read = asking.schema.safeParse(input);
  if (read.success) return undefined;
  // Said together with what else is wrong.
  const nothing = (input.items as readonly string[]).length === 0 && !input.words;
  return {
    ...(nothing ? { items: "求めることを選ぶか、入力してください。" } : {}),
    ...errorsOf(read.error),
  };
}

function previewOf(
  work: Work,
  kind: ClaimKind,
  { letter, page }: Asking,
  { seen, input }: { seen: Seen; input: Record<string, unknown> },
) {
  if (page === "ask") {
    const { until: dueOn, ...request } = inquirySchema.parse(input);
    return makeClaimLetter(work, kind, seen.found, { letter, request: { ...request, dueOn } });
  }
  const { until: dueOn, ...request } = supplementSchema.parse(input);
  return makeClaimLetter(work, kind, seen.found, {
    letter,
    request: { ...request, asked: "claimant", receipts: [], dueOn },
  });
}

function askingPage(kind: ClaimKind, asking: Asking, seen: Seen, sent: SentStep): Reply {
  const { found, head, receipts } = seen;
  if (asking.page === "ask" && receipts.length === 0)
    throw new Problem({ status: 409, message: "領収書が入力されていません。" });
  const path = claimPaths(kind.program).claim(found.id);
  const { Fields } = asking;
  return stepPage(found, {
    title: asking.title,
    head,
    sent,
    content: (
      <Panel title={asking.title}>
        <Form
          action={`${path}/${asking.page}`}
          class="form stacked"
          values={sent.form}
          errors={sent.errors}
          focusFirst
        >
          <StepFields found={{ revision: revisionAgain(found, sent) }} event={asking.event} />
          <Fields seen={seen} />
          <Actions>
            <Button>{asking.button}</Button>
            <Button
              look="secondary"
              formAction={`${path}/${asking.page}/preview`}
              formTarget="_blank"
            >
              見本を見る
            </Button>
            <ButtonLink href={path}>戻る</ButtonLink>
          </Actions>
        </Form>
      </Panel>
    ),
  });
}

/** Whom a request went to, in words. */
export const askedInWords = (asked: "claimant" | Asked, addressee: string | undefined): string =>
  asked === "claimant" ? "申請者" : `${askedTitles[asked]}（${addressee ?? "―"}）`;
