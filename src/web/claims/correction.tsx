import { randomUUID } from "node:crypto";
import { headOf } from "#src/platform/applications/index.ts";
import { applyEvent, type CaseRow } from "#src/platform/cases/index.ts";
import {
  billsOf,
  type ClaimKind,
  openSealedClaim,
  rowOfClaim,
} from "#src/platform/claims/index.ts";
import type { Work } from "#src/platform/work.ts";
import { HeadLine } from "../cases/head-line.tsx";
import { StepFields } from "../cases/parts.tsx";
import { mistakesOf, ProblemNote } from "../cases/sent.tsx";
import type { SentStep } from "../cases/step-page.tsx";
import { Actions, Button, ButtonLink, Form, PageTitle, Panel } from "../components/index.ts";
import { page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { claimCase } from "./claim-case.ts";
import {
  ClaimFields,
  groupsOf,
  isPreschool,
  type KnownClaim,
  nothingKnown,
  readClaim,
} from "./claim-form.tsx";
import { claimPaths } from "./words.ts";

/** The receipts of a claim keyed anew. */
export function correctionScreens(kind: ClaimKind): AnyRoute[] {
  const { program } = kind;
  const paths = claimPaths(program);
  const guard = { right: "case.enter", program, purpose: "case" } as const;
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: `/${program}/cases/:caseId/receipts` as const,
      audit: "claims.entry-opened",
      handle: (request) => correctionPage(kind, request, request.params.caseId),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: `/${program}/cases/:caseId/receipts` as const,
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
          return correctionPage(kind, request, caseId, { form, ...mistakesOf(error) });
        }
      },
    }),
  ];
}

/** What was keyed before stands in the fields. */
async function correctionPage(
  kind: ClaimKind,
  { work }: Pick<ScreenRequest, "work">,
  caseId: string,
  sent: SentStep = {},
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
  if (bills.length === 0) return (await rowOfClaim(work, found.id)) ?? nothingKnown;
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
      prescriberCode: bill.prescriber ?? undefined,
      prescriberName: sealed.prescribers?.[bill.number],
      documents: bill.documents as NonNullable<KnownClaim["receipts"][number]["documents"]>,
    })),
  };
}
