import { randomUUID } from "node:crypto";
import {
  type ClaimIntake,
  type ClaimKind,
  claimChannelTitles,
  openClaim,
} from "#src/platform/claims/index.ts";
import { dropPersonDraft, openPersonDraft, personDraftMark } from "#src/platform/intake/index.ts";
import { lookAtPerson, shownName } from "#src/platform/people/index.ts";
import { notFound, type Problem } from "#src/platform/problem.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import { mistakesOf, ProblemNote } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  type FieldErrors,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  ProtectedBanner,
  RadioGroup,
} from "../components/index.ts";
import { readDate, showAge } from "../dates.ts";
import { personOfPath, personPath } from "../person-path.ts";
import { page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { Values } from "../values.ts";
import { ClaimFields, groupsOf, isPreschool, nothingKnown, readClaim } from "./claim-form.tsx";
import { draftOf, draftPage } from "./entry-draft.tsx";
import { claimPaths } from "./words.ts";

/** The entry of a claim for a person, receipt by receipt. */
export function entryScreens(kind: ClaimKind): AnyRoute[] {
  const { program } = kind;
  const paths = claimPaths(program);
  const guard = { right: "case.enter", program, purpose: "counter" } as const;
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: `/${program}/claims/people/:person` as const,
      audit: "claims.entry-opened",
      async handle(request) {
        const { params, query, work, platform } = request;
        const place = draftOf(kind, personOfPath(platform, params.person));
        if (query.text("draft") === "open") {
          const fields = await work((unit) => openPersonDraft(unit, place));
          const typed = fields && new Values(fields);
          return entryPage(kind, request, params.person, { typed });
        }
        const kept = await work((unit) => personDraftMark(unit, place));
        return kept
          ? draftPage(kind, request, params.person, kept)
          : entryPage(kind, request, params.person);
      },
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: `/${program}/claims/people/:person` as const,
      audit: "claims.entered",
      async handle(request) {
        const { form, params, work, platform } = request;
        const personNumber = personOfPath(platform, params.person);
        if (form.text("go") === "more") return entryPage(kind, request, params.person, { form });
        const receivedOn = readDate(form.text("receivedOn"));
        const { entry, errors = {} } = readClaim(form);
        if (!receivedOn) errors.receivedOn = "受付日を入力してください。例: R8.11.20";
        if (!entry || !receivedOn) return entryPage(kind, request, params.person, { form, errors });
        const channel = form.choice("channel", Object.keys(claimChannelTitles)) ?? "window";
        try {
          const found = await work(async (unit) => {
            const opened = await openClaim(
              unit,
              kind,
              {
                personNumber,
                receivedOn,
                channel: channel as ClaimIntake,
                idempotencyKey: form.text("key").slice(0, 100) || randomUUID(),
              },
              entry,
            );
            await dropPersonDraft(unit, draftOf(kind, personNumber));
            return opened;
          });
          const paid = entry.receipts.reduce((sum, one) => sum + one.paid, 0);
          return redirect(
            form.text("go") === "open" ? paths.claim(found.id) : (paths.intake as `/${string}`),
            `支給申請 ${found.number} を受け付けました。領収書${entry.receipts.length}枚、領収額の合計 ${yen(paid)}。`,
          );
        } catch (error) {
          return entryPage(kind, request, params.person, { form, ...mistakesOf(error) });
        }
      },
    }),
  ];
}

/** The entry of a claim for a person, before it is one. */
async function entryPage(
  kind: ClaimKind,
  { work, platform }: Pick<ScreenRequest, "work" | "platform">,
  token: string,
  sent: { form?: Values; errors?: FieldErrors; problem?: Problem; typed?: Values | undefined } = {},
): Promise<Reply> {
  const { errors, problem, typed } = sent;
  const form = sent.form ?? typed;
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
            draft={`${paths.person(token)}/draft`}
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
