import { randomUUID } from "node:crypto";
import { headOf } from "#src/platform/applications/index.ts";
import { applyEvent } from "#src/platform/cases/index.ts";
import { type ClaimKind, openSealedClaim, reckonClaim } from "#src/platform/claims/index.ts";
import type { Problem } from "#src/platform/problem.ts";
import { type ClaimFault, claimFaults, faultKind } from "#workflows/claims/faults.ts";
import { acceptanceReasons, refusalReasons } from "#workflows/claims/reasons.ts";
import { yen } from "#workflows/text/yen.ts";
import { HeadLine } from "../cases/head-line.tsx";
import { StepFields } from "../cases/parts.tsx";
import { ProblemNote, problemOf } from "../cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  choicesOf,
  EmptyState,
  FieldGroup,
  Form,
  PageTitle,
  Panel,
  SelectField,
} from "../components/index.ts";
import { page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import type { Values } from "../values.ts";
import { claimCase } from "./claim-case.ts";
import { showMonth } from "./receipt-fields.tsx";
import { claimPaths } from "./words.ts";

const fieldOf = ({ number, code }: ClaimFault) => `f${number}.${code}`;

/** What was found of the receipts: accepted with a reason, or the receipt set aside to be refused for one. */
export function findingScreens(kind: ClaimKind): AnyRoute[] {
  const { program } = kind;
  const shared = {
    right: "case.examine",
    program,
    purpose: "case",
    path: `/${program}/cases/:caseId/findings`,
  } as const;
  return [
    defineRoute({
      ...shared,
      method: "get",
      audit: "claims.findings-opened",
      handle: (request) => findingsPage(kind, request, request.params.caseId),
    }),
    defineRoute({
      ...shared,
      method: "post",
      audit: "claims.findings-judged",
      async handle(request) {
        const { form, params, work } = request;
        const { caseId } = params;
        try {
          await work(
            async (unit) => {
              const found = await claimCase(unit, kind, caseId);
              const { receipts } = await reckonClaim(unit, kind, found);
              const said = receipts
                .flatMap(({ open }) => open)
                .flatMap((fault) => {
                  const reason = form.text(fieldOf(fault));
                  return reason ? [{ number: fault.number, code: fault.code, reason }] : [];
                });
              await applyEvent(unit, {
                caseId,
                expectedRevision: form.integer("revision") ?? 0,
                event: { type: "accept" },
                idempotencyKey: form.text("key").slice(0, 100) || randomUUID(),
                input: said,
              });
            },
            { caseId },
          );
          return redirect(claimPaths(program).claim(caseId), "確認事項の判断を記録しました。");
        } catch (error) {
          return findingsPage(kind, request, caseId, { form, problem: problemOf(error) });
        }
      },
    }),
  ];
}

async function findingsPage(
  kind: ClaimKind,
  { work }: Pick<ScreenRequest, "work">,
  caseId: string,
  { form, problem }: { form?: Values; problem?: Problem } = {},
): Promise<Reply> {
  const paths = claimPaths(kind.program);
  const { found, head, receipts, institutions } = await work(
    async (unit) => {
      const row = await claimCase(unit, kind, caseId);
      const { institutions: names } = await openSealedClaim(unit, row);
      const claim = await reckonClaim(unit, kind, row);
      return {
        found: row,
        head: await headOf(unit, row),
        receipts: claim.receipts.filter(({ open }) => open.length > 0),
        institutions: names,
      };
    },
    { caseId },
  );
  const heading = `${kind.title} 支給申請 ${found.number} 確認事項`;
  return page({
    title: heading,
    status: problem?.status ?? 200,
    breadcrumb: [{ title: found.number, path: paths.claim(caseId) }, { title: "確認事項" }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <HeadLine head={head} />
        {problem && <ProblemNote problem={problem} />}
        <Panel title="確認事項">
          {receipts.length === 0 ? (
            <EmptyState>判断を待つ確認事項はありません。</EmptyState>
          ) : (
            <Form action={paths.findings(caseId)} values={form} focusFirst>
              <StepFields found={found} />
              <p class="lead">
                確かめたものは、何で確かめたかを選びます。直せるものは領収書の入力を直してください。支給できないものは、その領収書を不支給とする理由を選びます。
              </p>
              {receipts.map(({ receipt, open }) => (
                <FieldGroup
                  key={receipt.number}
                  title={`領収書${receipt.number} ${showMonth(receipt.month)} ${institutions[receipt.number] ?? ""} 領収額 ${yen(receipt.paid)}`}
                >
                  {open.map((fault) => (
                    <FindingField key={fault.code} fault={fault} />
                  ))}
                </FieldGroup>
              ))}
              <Actions>
                <Button>判断を記録する</Button>
                <ButtonLink href={paths.receipts(caseId)}>領収書の入力を直す</ButtonLink>
                <ButtonLink href={paths.claim(caseId)}>戻る</ButtonLink>
              </Actions>
            </Form>
          )}
        </Panel>
      </>
    ),
  });
}

function FindingField({ fault }: { fault: ClaimFault }) {
  const { code, detail } = fault;
  const { level, refusal } = faultKind(code);
  const blocked = level === "blocked";
  return (
    <>
      <p>
        <Badge tone={blocked ? "error" : "warning"}>{blocked ? "支給できません" : "確認"}</Badge>{" "}
        {claimFaults[code].title}
        {detail && `（${detail}）`}
      </p>
      <SelectField
        name={fieldOf(fault)}
        label={blocked ? "この領収書を不支給とする理由" : "確かめた方法"}
        empty={blocked ? "不支給とせず、直す" : "まだ確かめていない"}
        options={choicesOf(blocked ? refusalReasons : acceptanceReasons)}
        {...(refusal ? { hint: `ふつうは「${refusalReasons[refusal]}」です。` } : {})}
      />
    </>
  );
}
