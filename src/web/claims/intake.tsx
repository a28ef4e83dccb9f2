import { randomUUID } from "node:crypto";
import { headOf } from "#src/platform/applications/index.ts";
import { applyEvent, type CaseRow, getCase } from "#src/platform/cases/index.ts";
import {
  billsOf,
  type ClaimIntake,
  type ClaimKind,
  claimCaseKind,
  claimChannelTitles,
  openClaim,
  openSealedClaim,
  recentClaims,
} from "#src/platform/claims/index.ts";
import { peopleOfRecipientNumber } from "#src/platform/entitlements/index.ts";
import { bornNotBefore, lookAtPerson, shownName } from "#src/platform/people/index.ts";
import { EntryProblem, notFound, type Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { schoolStart } from "#workflows/dates/ages.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import { HeadLine } from "../cases/head-line.tsx";
import { StateBadge, StepFields } from "../cases/parts.tsx";
import { ProblemNote, problemOf } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  ProtectedBanner,
  RadioGroup,
  Table,
  TextField,
} from "../components/index.ts";
import { readDate, showAge, showDateShort } from "../dates.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { personOfPath, personPath } from "../person-path.ts";
import { moveOn, page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import type { Values } from "../values.ts";
import { ClaimFields, groupsOf, type KnownClaim, readClaim } from "./claim-form.tsx";
import { claimPaths, yen } from "./words.ts";

type Errors = Record<string, string>;
type Asked = Pick<ScreenRequest, "work" | "platform" | "actor">;

/** 償還払いの受付: the number on the card, then receipt by receipt, claim after claim; what was keyed last stands below. */
export function intakeScreens(kind: ClaimKind): AnyRoute[] {
  const { program } = kind;
  const paths = claimPaths(program);
  const guard = { right: "case.enter", program, purpose: "counter" } as const;
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: paths.intake as `/${string}`,
      audit: "claims.opened",
      handle: (request) => intakePage(kind, request),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: paths.find as `/${string}`,
      audit: "claims.person-looked-for",
      async handle(request) {
        const { form, work, platform } = request;
        const number = figures(form.text("recipient"));
        const people =
          number === "" ? [] : await work((unit) => peopleOfRecipientNumber(unit, program, number));
        const [person] = people;
        if (!person)
          return intakePage(kind, request, form, {
            recipient:
              "この受給者番号の方はいません。番号を確かめるか、住民の検索から開いてください。",
          });
        const token =
          personPath(platform, person as PersonNumber)
            .split("/")
            .at(-1) ?? "";
        return moveOn(paths.person(token));
      },
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: `/${program}/claims/people/:person` as const,
      audit: "claims.entry-opened",
      handle: (request) => entryPage(kind, request, request.params.person),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: `/${program}/claims/people/:person` as const,
      audit: "claims.entered",
      async handle(request) {
        const { form, params, work, platform } = request;
        if (form.text("go") === "more") return entryPage(kind, request, params.person, form);
        const receivedOn = readDate(form.text("receivedOn"));
        const { entry, errors = {} } = readClaim(form);
        if (!receivedOn) errors.receivedOn = "受付日を入力してください。例: R8.11.20";
        if (!entry || !receivedOn) return entryPage(kind, request, params.person, form, errors);
        const channel = form.choice("channel", Object.keys(claimChannelTitles)) ?? "window";
        try {
          const found = await work((unit) =>
            openClaim(
              unit,
              kind,
              {
                personNumber: personOfPath(platform, params.person),
                receivedOn,
                channel: channel as ClaimIntake,
                idempotencyKey: form.text("key").slice(0, 100) || randomUUID(),
              },
              entry,
            ),
          );
          const paid = entry.receipts.reduce((sum, one) => sum + one.paid, 0);
          return redirect(
            form.text("go") === "open" ? paths.claim(found.id) : (paths.intake as `/${string}`),
            `支給申請 ${found.number} を受け付けました。領収書${entry.receipts.length}枚、領収額の合計 ${yen(paid)}。`,
          );
        } catch (error) {
          return refusedEntry(kind, request, params.person, form, problemOf(error));
        }
      },
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: `/${program}/cases/:caseId/receipts` as const,
      purpose: "case",
      audit: "claims.entry-opened",
      handle: (request) => correctionPage(kind, request, request.params.caseId),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: `/${program}/cases/:caseId/receipts` as const,
      purpose: "case",
      audit: "claims.entered",
      async handle(request) {
        const { form, params, work } = request;
        const { caseId } = params;
        if (form.text("go") === "more") return correctionPage(kind, request, caseId, { form });
        const { entry, errors } = readClaim(form);
        if (!entry) return correctionPage(kind, request, caseId, { form, errors });
        try {
          await work(
            async (unit) => {
              await claimCase(unit, kind, caseId);
              await applyEvent(unit, {
                caseId,
                expectedRevision: form.integer("revision") ?? 0,
                event: { type: "enter" },
                idempotencyKey: form.text("key").slice(0, 100) || randomUUID(),
                input: entry,
              });
            },
            { caseId },
          );
          return redirect(paths.claim(caseId), "領収書を入力し直しました。");
        } catch (error) {
          return correctionPage(kind, request, caseId, { form, problem: problemOf(error) });
        }
      },
    }),
  ];
}

/** A claim of this 事務. @throws Problem 404 */
export async function claimCase(work: Work, kind: ClaimKind, caseId: string): Promise<CaseRow> {
  const found = await getCase(work, caseId);
  if (found.kind !== claimCaseKind(kind)) throw notFound("支給申請が見つかりません。");
  return found;
}

/** Where claims are received one after the other. */
async function intakePage(
  kind: ClaimKind,
  { work, platform }: Asked,
  values?: Values,
  errors?: Errors,
): Promise<Reply> {
  const { program, title } = kind;
  const paths = claimPaths(program);
  const today = platform.clock.today();
  const { rows, people } = await work(async (unit) => {
    const recent = await recentClaims(unit, kind, 10);
    const numbers = recent.map(({ personNumber }) => personNumber);
    return { rows: recent, people: await peopleOfRows(unit, numbers) };
  });
  const heading = `${title} 償還払いの受付`;
  return page({
    title: heading,
    status: errors ? 422 : 200,
    breadcrumb: [{ title: "償還払いの受付" }],
    content: (
      <>
        <PageTitle actions={<ButtonLink href={paths.list}>支給申請の一覧</ButtonLink>}>
          {heading}
        </PageTitle>
        <Panel title="受給者">
          <Form action={paths.find} keys="search" values={values} errors={errors} focusFirst>
            <FieldRow>
              <TextField
                name="recipient"
                label="受給者番号"
                hint="受給者証の番号。Enterで領収書の入力に進みます。番号が分からないときは、住民の検索から開いてください。"
                inputMode="numeric"
                width={12}
                required
              />
            </FieldRow>
            <Actions>
              <Button>領収書を入力する</Button>
            </Actions>
          </Form>
        </Panel>
        <Panel title="最近入力した申請">
          <Table
            caption="最近入力した申請"
            rows={rows}
            href={({ id }) => paths.claim(id)}
            empty="あなたが入力した申請は、まだありません。"
            columns={[
              { title: "番号", cell: ({ number }) => number, nowrap: true },
              {
                title: "氏名・年齢",
                cell: ({ personNumber }) => (
                  <PersonCell person={people.get(personNumber)} today={today} />
                ),
              },
              {
                title: "状態",
                cell: ({ tone, stateTitle }) => <StateBadge tone={tone} title={stateTitle} />,
                nowrap: true,
              },
              {
                title: "受付日",
                cell: ({ receivedOn }) => showDateShort(receivedOn),
                nowrap: true,
              },
              { title: "領収書", cell: ({ receipts }) => `${receipts}枚`, align: "end" },
              { title: "領収額", cell: ({ paid }) => yen(paid), align: "end", nowrap: true },
            ]}
          />
        </Panel>
      </>
    ),
  });
}

const nothingKnown: KnownClaim = { receipts: [] };

/** The entry of a claim for a person, before it is one. */
async function entryPage(
  kind: ClaimKind,
  { work, platform }: Asked,
  token: string,
  form?: Values,
  errors?: Errors,
  problem?: Problem,
): Promise<Reply> {
  const paths = claimPaths(kind.program);
  const personNumber = personOfPath(platform, token);
  const today = platform.clock.today();
  const person = await work((unit) => lookAtPerson(unit, personNumber, ["facts", "name"]));
  if (!person) throw notFound("住民が見つかりません。");
  const heading = `${kind.title} 支給申請の入力`;
  return page({
    title: heading,
    status: problem?.status ?? (errors ? 422 : 200),
    breadcrumb: [
      { title: "償還払いの受付", path: paths.intake as `/${string}` },
      { title: "領収書の入力" },
    ],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        {person.isProtected && <ProtectedBanner />}
        {problem && <ProblemNote problem={problem} />}
        <Panel
          title={`受診した方: ${shownName(person)}（${showAge(person.birthDate, person.diedOn ?? today)}）`}
          actions={<a href={personPath(platform, personNumber)}>住民の画面</a>}
        >
          <Form
            action={paths.person(token)}
            values={form}
            errors={errors}
            keep={`claim-${kind.program}`}
            focusFirst
          >
            <input type="hidden" name="key" value={form?.text("key") || randomUUID()} />
            <FieldRow>
              <DateField
                name="receivedOn"
                label="受付日"
                required
                value={formatWarekiShort(today)}
                notAfter={{ on: today, word: "今日" }}
              />
              <RadioGroup
                name="channel"
                label="受付方法"
                options={choicesOf(claimChannelTitles)}
                value="window"
              />
            </FieldRow>
            <ClaimFields
              known={nothingKnown}
              groups={groupsOf(form, nothingKnown)}
              preschool={isPreschool(person, today)}
            />
            <Actions>
              <Button>受け付けて次の申請へ</Button>
              <Button name="go" value="open" look="secondary">
                受け付けて審査を開く
              </Button>
              <Button name="go" value="more" look="secondary">
                領収書の行を増やす
              </Button>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}

const isPreschool = (
  person: Parameters<typeof bornNotBefore>[0],
  today: Parameters<typeof schoolStart>[0],
): boolean => today < schoolStart(bornNotBefore(person));

const refusedEntry = (
  kind: ClaimKind,
  request: Asked,
  token: string,
  form: Values,
  problem: Problem,
): Promise<Reply> =>
  problem instanceof EntryProblem
    ? entryPage(kind, request, token, form, { [problem.field]: problem.message })
    : entryPage(kind, request, token, form, undefined, problem);

/** The receipts of a claim keyed anew: what was keyed before stands in the fields. */
async function correctionPage(
  kind: ClaimKind,
  { work }: Asked,
  caseId: string,
  sent: { form?: Values; errors?: Errors; problem?: Problem } = {},
): Promise<Reply> {
  const { form, errors, problem } = sent;
  const paths = claimPaths(kind.program);
  const { found, head, known } = await work(
    async (unit) => {
      const row = await claimCase(unit, kind, caseId);
      return { found: row, head: await headOf(unit, row), known: await knownOf(unit, row) };
    },
    { caseId },
  );
  const heading = `${kind.title} 支給申請 ${found.number} 領収書の入力`;
  return page({
    title: heading,
    status: problem?.status ?? (errors ? 422 : 200),
    breadcrumb: [{ title: found.number, path: paths.claim(caseId) }, { title: "領収書の入力" }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <HeadLine head={head} />
        {problem && <ProblemNote problem={problem} />}
        <Panel title="領収書">
          <Form action={paths.receipts(caseId)} values={form} errors={errors} focusFirst>
            <StepFields found={found} />
            <ClaimFields
              known={known}
              groups={groupsOf(form, known)}
              preschool={isPreschool(head.subject, head.today)}
            />
            <Actions>
              <Button>入力した内容に直す</Button>
              <Button name="go" value="more" look="secondary">
                領収書の行を増やす
              </Button>
              <ButtonLink href={paths.claim(caseId)}>戻る</ButtonLink>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}

async function knownOf(work: Work, found: CaseRow): Promise<KnownClaim> {
  const bills = await billsOf(work, found.id);
  const sealed = await openSealedClaim(work, found);
  const [first] = bills;
  return {
    insurerGroup: first?.insurerGroup ?? undefined,
    category: (first?.category ?? undefined) as KnownClaim["category"],
    multiple: first?.multiple ?? false,
    income: sealed.income,
    remark: sealed.remark,
    receipts: bills.map((bill) => ({
      ...bill,
      month: bill.month as `${number}-${number}`,
      day: bill.day ?? undefined,
      paidOn: (bill.paidOn ?? undefined) as `${number}-${number}-${number}` | undefined,
      institutionCode: bill.institution ?? undefined,
      institutionName: sealed.institutions[bill.number] ?? "",
      exclusion: bill.exclusion ?? undefined,
      documents: bill.documents as NonNullable<KnownClaim["receipts"][number]["documents"]>,
    })),
  };
}
