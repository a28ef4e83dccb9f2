import { and, eq } from "drizzle-orm";
import { certificate, entitlement } from "#db/schema/child-medical.ts";
import { recordAudit } from "#src/platform/audit/write.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Actions,
  Badge,
  Button,
  DefinitionList,
  Form,
  Notification,
  PageTitle,
  Panel,
  TextField,
} from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { certificateEndingTitles } from "../reasons.ts";
import { type Statement, type Verified, verifyStatement } from "../statement.ts";
import { showPeriod } from "./parts.tsx";

const shared = {
  program: "child-medical",
  right: "certificate.verify",
  purpose: "inquiry",
  path: "/child-medical/certificates/verify",
} as const;

export const verifyPage = defineRoute({
  ...shared,
  method: "get",
  audit: "certificate-check.opened",
  handle: async () => checkPage(),
});

export const verifyRoute = defineRoute({
  ...shared,
  method: "post",
  audit: "certificate.checked",
  async handle({ form, work, platform }) {
    const verified = verifyStatement(
      form.text("statement"),
      platform.keys.signingKey,
      platform.clock.today(),
    );
    const ledger = verified.genuine
      ? await work((unit) => stateInLedger(unit, verified.statement))
      : undefined;
    return checkPage(form, verified, ledger);
  },
});

/** What only the ledger knows: whether this issue is still the valid one. */
async function stateInLedger(work: Work, statement: Statement): Promise<string | undefined> {
  const [row] = await work.tx
    .select({ ending: certificate.ending, person: entitlement.personNumber })
    .from(certificate)
    .innerJoin(entitlement, eq(entitlement.id, certificate.entitlementId))
    .where(
      and(
        eq(entitlement.recipientNumber, statement.recipientNumber),
        eq(entitlement.validFrom, statement.from),
        eq(certificate.issue, statement.issue),
      ),
    );
  if (!row) return "台帳に、この受給者証の発行記録がありません。";
  await recordAudit(work, { kind: "verify", action: "certificate.checked", persons: [row.person] });
  return row.ending
    ? `この受給者証は無効です（${certificateEndingTitles[row.ending]}）。`
    : undefined;
}

function checkPage(form?: Values, verified?: Verified, ledger?: string) {
  const problems = [...(verified?.problems ?? []), ...(ledger ? [ledger] : [])];
  return page({
    title: "受給者証の確認",
    breadcrumb: [{ title: "受給者証の確認" }],
    content: (
      <>
        <PageTitle>受給者証の確認</PageTitle>
        <Form action="/child-medical/certificates/verify" keys="search" values={form}>
          <TextField
            name="statement"
            label="二次元コードの内容"
            hint="コードリーダーで読み取ると入力されます。"
            required
            autofocus
            width={40}
          />
          <Actions>
            <Button shortcut="Enter">確認する</Button>
          </Actions>
        </Form>
        {verified && (
          <Panel
            title="確認の結果"
            actions={
              problems.length === 0 ? (
                <Badge tone="success">有効</Badge>
              ) : (
                <Badge tone="error">要確認</Badge>
              )
            }
          >
            {problems.length > 0 && (
              <Notification tone="error">
                <ul>
                  {problems.map((problem) => (
                    <li key={problem}>{problem}</li>
                  ))}
                </ul>
              </Notification>
            )}
            {verified.genuine && <Facts statement={verified.statement} />}
          </Panel>
        )}
      </>
    ),
  });
}

function Facts({ statement }: { statement: Statement }) {
  return (
    <>
      <p>本市が発行した受給者証です。券面の記載と次の内容が同じことを確かめてください。</p>
      <DefinitionList
        columns={2}
        items={[
          ["公費負担者番号", statement.payerNumber],
          ["受給者番号", statement.recipientNumber],
          ["生年月日", showDate(statement.birthDate)],
          ["有効期間", showPeriod(statement.from, statement.until)],
          ["発行日", showDate(statement.issuedOn)],
          ["発行回数", `${statement.issue}回目`],
        ]}
      />
    </>
  );
}
