import { randomUUID } from "node:crypto";
import { holds } from "#src/platform/access/actor.ts";
import { listCases } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import { Badge, Button, DateField, Form, Table } from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { PersonPanel } from "#src/web/screens.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { entitlementsOf } from "../ledger.ts";
import { lossReasonTitles } from "../reasons.ts";
import { casePath, StateBadge, showPeriod } from "./parts.tsx";

const words = { granted: "有効", lost: "喪失", revoked: "取消" } as const;

/** Words beside people in a search result. */
export async function personMarks(
  work: Work,
  personNumbers: string[],
): Promise<Map<string, string[]>> {
  const today = work.platform.clock.today();
  const rows = await work.sql<{ person_number: string }[]>`
    select person_number from child_medical.entitlement
     where person_number = any(${personNumbers}::text[]) and status = 'granted'
       and ${today}::date between valid_from and valid_to`;
  return new Map(rows.map((row) => [row.person_number, ["こども医療 有効"]]));
}

/** Entitlements and applications on the page of a person. */
export async function personPanels(work: Work, personNumber: string): Promise<PersonPanel[]> {
  if (!holds(work.actor, "case.read", { program: "child-medical" })) return [];
  const entitlements = await entitlementsOf(work, personNumber);
  const cases = await listCases(work, { program: "child-medical", personNumber });
  const today = work.platform.clock.today();
  return [
    {
      title: "こども医療費助成 受給資格",
      order: 10,
      content: (
        <Table
          caption="こども医療費助成の受給資格"
          rows={entitlements}
          empty="受給資格はありません。"
          href={(row) => casePath(row.caseId)}
          columns={[
            { title: "受給者番号", cell: (row) => row.recipientNumber, nowrap: true },
            { title: "有効期間", cell: (row) => showPeriod(row.validFrom, row.validTo) },
            {
              title: "状態",
              cell: (row) => (
                <>
                  <Badge tone={row.status === "granted" ? "success" : "neutral"}>
                    {words[row.status]}
                  </Badge>{" "}
                  {lossReasonTitles[row.lossReason as keyof typeof lossReasonTitles]}
                </>
              ),
            },
          ]}
        />
      ),
    },
    {
      title: "こども医療費助成 申請・届出",
      order: 20,
      content: (
        <>
          <Table
            caption="こども医療費助成の申請・届出"
            rows={cases}
            empty="申請・届出はありません。"
            href={(row) => casePath(row.found.id)}
            columns={[
              { title: "番号", cell: (row) => row.found.number, nowrap: true },
              {
                title: "状態",
                cell: (row) => <StateBadge state={row.found.state} title={row.stateTitle} />,
                nowrap: true,
              },
              {
                title: "受付日",
                cell: (row) => showDateShort(row.found.receivedOn as IsoDate),
                nowrap: true,
              },
            ]}
          />
          {holds(work.actor, "case.enter", { program: "child-medical" }) && (
            <Form action="/child-medical/cases">
              <input type="hidden" name="person" value={personNumber} />
              <input type="hidden" name="key" value={randomUUID()} />
              <DateField
                name="receivedOn"
                label="受付日"
                required
                value={formatWarekiShort(today)}
              />
              <Button look="secondary">この子の申請を受け付ける</Button>
            </Form>
          )}
        </>
      ),
    },
  ];
}
