import type { ComponentChildren } from "preact";
import { headOf } from "#src/platform/applications/index.ts";
import { applyEvent, type CaseRow } from "#src/platform/cases/index.ts";
import { errorsOf } from "#src/platform/intake/index.ts";
import { EntryProblem, type Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { afterStep } from "#src/web/cases/after-step.ts";
import { HeadLine } from "#src/web/cases/head-line.tsx";
import { CommentField, StepFields } from "#src/web/cases/parts.tsx";
import { readStep } from "#src/web/cases/read-step.ts";
import { ProblemNote, problemOf } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  DefinitionList,
  EmptyState,
  FieldGroup,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDate, showDateShort } from "#src/web/dates.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import { lineTitle } from "#workflows/vaccination/request-letters/findings.ts";
import { requestLetterV1 } from "#workflows/vaccination/request-letters/machine.ts";
import {
  acceptanceReasons,
  lineStates,
  outcomes,
  sendingWays,
} from "#workflows/vaccination/request-letters/reasons.ts";
import { validUntil } from "#workflows/vaccination/request-letters/terms.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { type Examined, examine } from "../../request-letters/examine.ts";
import { DoubtfulResult, waitWithResult } from "../../request-letters/record-result.ts";
import {
  type LetterLineRow,
  type LetterRow,
  lettersOf,
  linesOfLetter,
  monthsDecided,
  type OpenedRequest,
  openRequest,
} from "../../request-letters/requests.ts";
import { resultSchema } from "../../request-letters/result.ts";
import { isWaiting, type LineSlip, slipsOfLetter } from "../../request-letters/told-results.ts";
import { paths } from "../paths.ts";
import { caseOfKind, requestPaths } from "./words.ts";

interface Seen {
  found: CaseRow;
  lines: readonly LetterLineRow[];
  letters: readonly LetterRow[];
  opened: OpenedRequest | undefined;
  months: number | undefined;
  examined: Examined | undefined;
  /** What was told of each dose, by its number. */
  slips: ReadonlyMap<number, LineSlip>;
}

interface SentForm {
  form?: Values;
  errors?: Record<string, string>;
  problem?: Problem;
}

/** A page of ours for a step of a letter: what it shows, and what its form says. */
interface LetterStep {
  page: string;
  title: string;
  right: "case.examine" | "certificate.issue" | "case.enter";
  said: string;
  button: string;
  /** `examine`: by the rules of today as well. */
  looks?: "examine";
  Fields(props: { seen: Seen; form: Values | undefined }): ComponentChildren;
  /** Nothing to be done here any more. */
  empty?(seen: Seen): string | undefined;
  read(
    form: Values,
    seen: Seen,
  ):
    | { event: { type: string; until?: string }; input: unknown }
    | { errors: Record<string, string> };
}

async function look(work: Work, caseId: string, examines: boolean): Promise<Seen> {
  const found = await caseOfKind(work, requestLetterV1.kind, caseId);
  return {
    found,
    lines: await linesOfLetter(work, caseId),
    letters: await lettersOf(work, caseId),
    opened: examines ? undefined : await openRequest(work, found),
    months: await monthsDecided(work, caseId),
    examined: examines ? await examine(work, found) : undefined,
    slips: await slipsOfLetter(work, caseId),
  };
}

const titleOf = ({ vaccine, dose }: { vaccine: string; dose: number }) =>
  lineTitle({ vaccine: vaccine as VaccineId, dose });
const fieldOf = (line: number, code: string) => `f${line}.${code}`;
const isToJudge = ({ level, accepted }: Examined["findings"][number]) =>
  level === "doubtful" && accepted === undefined;

const judge: LetterStep = {
  page: "judge",
  title: "確認事項",
  right: "case.examine",
  said: "確認事項の判断を記録しました。",
  button: "判断を記録する",
  looks: "examine",
  empty: ({ examined }) =>
    examined?.findings.some(isToJudge) ? undefined : "判断を待つ確認事項はありません。",
  Fields: ({ seen: { examined } }) => (
    <>
      <p class="lead">
        確かめたものは、何で確かめたかを選びます。直せるものは、申請の入力を直してください。
      </p>
      {(examined?.findings ?? []).filter(isToJudge).map(({ line, code, message }) => {
        const about = examined?.lines.find(({ number }) => number === line);
        return (
          <FieldGroup key={fieldOf(line, code)} title={`${line} ${about ? titleOf(about) : ""}`}>
            <p>
              <Badge tone="warning">確認</Badge> {message}
            </p>
            <SelectField
              name={fieldOf(line, code)}
              label="確かめた方法"
              empty="まだ確かめていない"
              options={choicesOf(acceptanceReasons)}
            />
          </FieldGroup>
        );
      })}
      <CommentField event="accept" label="判断の理由" required phrases="note" />
      <input type="hidden" name="event" value="accept" />
    </>
  ),
  read: (form, { examined }) => ({
    event: { type: "accept" },
    input: (examined?.findings ?? []).filter(isToJudge).flatMap(({ line, code }) => {
      const reason = form.text(fieldOf(line, code));
      return reason ? [{ number: line, code, reason }] : [];
    }),
  }),
};

const issue: LetterStep = {
  page: "letter",
  title: "依頼書の交付",
  right: "certificate.issue",
  said: "依頼書を交付しました。文書は下の「文書」から印刷できます。",
  button: "交付する",
  Fields: ({ seen }) => <IssueFields seen={seen} />,
  read: (form) => ({ event: { type: "issue", until: form.text("until") }, input: undefined }),
};

/** What will be issued, and until when it will hold; the day counts from the moment it is issued. */
function IssueFields({ seen: { lines, months, opened, found } }: { seen: Seen }) {
  return (
    <>
      <DefinitionList
        items={[
          ["予防接種", lines.map(titleOf).join("、")],
          ["宛先", opened?.sealed.to.name ?? "―"],
          ["有効期間", `交付の日から${months ?? "―"}か月`],
          [
            "作成する文書",
            `依頼書、連絡票、結果報告書、予診票${lines.length}枚${opened?.request.payment === "self" ? "、払戻し請求書" : ""}`,
          ],
        ]}
      />
      <CommentField event="issue" />
      <input type="hidden" name="event" value="issue" />
      <input type="hidden" name="number" value={found.number} />
    </>
  );
}

const sending: LetterStep = {
  page: "sending",
  title: "送付の記録",
  right: "certificate.issue",
  said: "送付を記録しました。",
  button: "記録する",
  Fields: ({ seen: { letters } }) => (
    <>
      <DefinitionList items={[["依頼書の番号", letters.at(-1)?.number ?? "―"]]} />
      <RadioGroup name="how" label="送付の方法" required options={choicesOf(sendingWays)} />
      <CommentField event="send" />
      <input type="hidden" name="event" value="send" />
    </>
  ),
  read: (form) => {
    const how = form.choice("how", Object.keys(sendingWays));
    return how === undefined
      ? { errors: { how: "送付の方法を選んでください。" } }
      : { event: { type: "send" }, input: { how } };
  },
};

/** Doses whose result may be told now: not those of which one waits in the work lists. */
const toTell = ({ lines, slips }: Seen): LetterLineRow[] =>
  lines.filter(({ state, number }) => {
    const told = slips.get(number);
    return (state === "open" || state === "expired") && !(told && isWaiting(told));
  });

const result: LetterStep = {
  page: "result",
  title: "接種の結果",
  right: "case.enter",
  said: "接種の結果を記録しました。",
  button: "記録する",
  empty: (seen) =>
    toTell(seen).length > 0
      ? undefined
      : [...seen.slips.values()].some(isWaiting)
        ? "返ってきた結果は、予診票の処理で確かめています。接種記録になると、この依頼書の結果になります。"
        : "結果を待っている接種はありません。",
  Fields: ({ seen }) => <ResultFields seen={seen} />,
  read: (form) => {
    const text = (name: string) => form.text(name) || undefined;
    const millilitres = text("amount");
    const amount =
      millilitres === undefined
        ? undefined
        : Math.round(Number(figures(millilitres.normalize("NFKC"))) * 100);
    const keyed = {
      line: form.integer("line"),
      outcome: text("outcome"),
      on: form.text("on") ? (readDate(form.text("on")) ?? "") : undefined,
      product: text("product"),
      lot: text("lot"),
      amount,
      clinic: text("clinic"),
      doctor: text("doctor"),
      remark: text("remark"),
    };
    const input = Object.fromEntries(
      Object.entries(keyed).filter(([, value]) => value !== undefined),
    );
    const parsed = resultSchema.safeParse(input);
    if (!parsed.success) return { errors: errorsOf(parsed.error) };
    const type = parsed.data.outcome === "screened" ? "recordScreening" : "recordResult";
    return { event: { type }, input };
  },
};

function ResultFields({ seen }: { seen: Seen }) {
  const { letters, slips } = seen;
  const [first, last] = [letters[0], letters.at(-1)];
  const lines = toTell(seen);
  const only = lines.length === 1 ? lines[0] : undefined;
  // A slip that was settled while the case took no result: it says what is to be recorded.
  const slip = only && slips.get(only.number);
  const told = slip?.isRecord ? slip : undefined;
  return (
    <>
      {first && last && (
        <p class="lead">
          {`依頼書 ${last.number} の有効期間は、${showDate(first.issuedOn as IsoDate)} から ${showDate(last.validTo as IsoDate)} までです。`}
        </p>
      )}
      <SelectField
        name="line"
        label="接種"
        required
        empty="選択"
        options={lines.map((line) => ({
          value: String(line.number),
          label: `${line.number} ${titleOf(line)}（${lineStates[line.state]}）`,
        }))}
        {...(only ? { value: String(only.number) } : {})}
      />
      <RadioGroup
        name="outcome"
        label="結果"
        required
        options={choicesOf(outcomes)}
        value="given"
        hint="予診のみで見合わせた回は、あらためて受けられるため、待ったままになります。"
      />
      <FieldRow>
        <DateField
          name="on"
          label="接種日・予診の日"
          value={told ? showDateShort(told.givenOn) : undefined}
        />
        <TextField name="product" label="製品名" width={12} value={told?.product ?? undefined} />
        <TextField name="lot" label="ロット番号" width={12} value={told?.lot ?? undefined} />
        <TextField name="amount" label="接種量（mL）" width={8} inputMode="numeric" />
      </FieldRow>
      <FieldRow>
        <TextField
          name="clinic"
          label="医療機関"
          width={20}
          value={told?.clinicName ?? undefined}
        />
        <TextField name="doctor" label="医師の氏名" width={12} />
      </FieldRow>
      <TextArea name="remark" label="備考" rows={2} />
    </>
  );
}

/** The pages of the steps of a letter that ask for something of their own. */
export const letterStepScreens: readonly AnyRoute[] = [judge, issue, sending, result].flatMap(
  screensOf,
);

function screensOf(step: LetterStep): AnyRoute[] {
  const shared = {
    right: step.right,
    program: "vaccination",
    purpose: "case",
    path: `/vaccination/cases/:caseId/${step.page}` as `/vaccination/cases/:caseId/${string}`,
  } as const;
  return [
    defineRoute({
      ...shared,
      method: "get",
      audit: "request-letter.step-opened",
      handle: (request) => stepPage(step, request, request.params.caseId),
    }) as AnyRoute,
    defineRoute({
      ...shared,
      method: "post",
      audit: "request-letter.step-sent",
      async handle(request) {
        const { form, params, work, platform, actor } = request;
        const { caseId } = params;
        const seen = await work((unit) => look(unit, caseId, step.looks === "examine"), {
          caseId,
        });
        const read = step.read(form, seen);
        if ("errors" in read) return stepPage(step, request, caseId, { form, errors: read.errors });
        try {
          await work(
            async (unit) => {
              const event =
                read.event.type === "issue"
                  ? {
                      type: "issue",
                      // The day on which it is issued counts, whenever the page was opened.
                      until: validUntil(platform.clock.today(), seen.months ?? 1),
                    }
                  : { type: read.event.type };
              await applyEvent(unit, {
                ...readStep(caseId, form),
                event,
                input: read.input,
              });
            },
            { caseId },
          );
        } catch (error) {
          if (error instanceof DoubtfulResult) return waiting(request, caseId, read.input);
          const problem = problemOf(error);
          return stepPage(
            step,
            request,
            caseId,
            problem instanceof EntryProblem
              ? { form, errors: { [problem.field]: problem.message } }
              : { form, problem },
          );
        }
        return afterStep(
          { platform, actor },
          { caseId, to: requestPaths.case(caseId), said: step.said },
        );
      },
    }) as AnyRoute,
  ];
}

/** What is doubtful waits where all such slips are looked at; the letter stays as it is. */
async function waiting(
  { work }: Pick<ScreenRequest, "work">,
  caseId: string,
  input: unknown,
): Promise<Reply> {
  const { slipId } = await work((unit) => waitWithResult(unit, caseId, input), { caseId });
  return redirect(paths.slip(slipId), {
    tone: "warning",
    text: "確かめることがあるため、まだ接種記録にしていません。下で確かめて記録すると、依頼書の結果になります。",
  });
}

async function stepPage(
  step: LetterStep,
  { work }: Pick<ScreenRequest, "work">,
  caseId: string,
  { form, errors, problem }: SentForm = {},
): Promise<Reply> {
  const { seen, head } = await work(
    async (unit) => {
      const found = await look(unit, caseId, step.looks === "examine");
      return { seen: found, head: await headOf(unit, found.found) };
    },
    { caseId },
  );
  const { found } = seen;
  const heading = `予防接種実施依頼書 ${found.number} ${step.title}`;
  const empty = step.empty?.(seen);
  const { Fields } = step;
  return page({
    title: heading,
    status: problem?.status ?? (errors ? 422 : 200),
    breadcrumb: [{ title: found.number, path: requestPaths.case(caseId) }, { title: step.title }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <HeadLine head={head} />
        {problem && <ProblemNote problem={problem} />}
        <Panel title={step.title}>
          {empty !== undefined ? (
            <EmptyState>{empty}</EmptyState>
          ) : (
            <Form
              action={requestPaths.page(caseId, step.page)}
              values={form}
              errors={errors}
              focusFirst
            >
              <StepFields found={found} />
              <Fields seen={seen} form={form} />
              <Actions>
                <Button>{step.button}</Button>
                <ButtonLink href={requestPaths.case(caseId)}>戻る</ButtonLink>
              </Actions>
            </Form>
          )}
        </Panel>
      </>
    ),
  });
}
