import { holds } from "#src/platform/access/actor.ts";
import { PageTitle, Pagination, Panel, Table } from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { page } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import { claimantsOf } from "../../clinic-claims/payees.ts";
import { waitingAccountFigures, waitingAccounts } from "../../clinics/accounts.ts";
import { type WaitingEntry, waitingEntries, waitingEntryFigures } from "../../clinics/entries.ts";
import { closureKinds } from "../../clinics/words.ts";
import { rowsAPage } from "../records/parts.tsx";
import { contractTitle, day, guard, whatTitles } from "./parts.tsx";
import { clinicPaths } from "./paths.ts";

/** `市内個別の契約（新規）`, `休止（変更）`. */
export const entryTitle = ({ which, kind, what }: WaitingEntry): string =>
  `${which === "contract" ? `${contractTitle(kind)}の契約` : (closureKinds as Readonly<Record<string, string>>)[kind]}（${whatTitles[what]}）`;

/** What waits for a second person: contracts and closings, accounts. */
export const clinicWaitingScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: clinicPaths.waiting,
    right: "case.read",
    audit: "nothing-personal",
    because: "contracts and closings of clinics; of accounts the day alone",
    async handle({ work, query, actor }) {
      const at = Math.max(1, query.integer("page") ?? 1);
      const lines = { from: (at - 1) * rowsAPage, size: rowsAPage };
      const handles = holds(actor, "payment-account.handle", { program: "vaccination" });
      const { entries, total, accounts, accountTotal, payees } = await work(async (unit) => {
        const accounts = await waitingAccounts(unit, { from: 0, size: rowsAPage });
        return {
          entries: await waitingEntries(unit, lines),
          total: (await waitingEntryFigures(unit)).count,
          accounts,
          accountTotal: (await waitingAccountFigures(unit)).count,
          payees: await claimantsOf(
            unit,
            accounts.map(({ payee }) => payee),
          ),
        };
      });
      return page({
        title: "医療機関台帳 確認を待つもの",
        breadcrumb: [
          { title: "医療機関台帳", path: clinicPaths.list },
          { title: "確認を待つもの" },
        ],
        content: (
          <>
            <PageTitle>確認を待つもの</PageTitle>
            <Panel title={`契約・休止・廃止 ${total.toLocaleString("ja-JP")}件`}>
              <Table
                caption="確認を待つ契約・休止・廃止"
                columns={[
                  { title: "番号", cell: ({ clinicCode }) => clinicCode, nowrap: true },
                  { title: "医療機関", cell: ({ clinicName }) => clinicName },
                  { title: "登録", cell: entryTitle },
                  { title: "入力", cell: ({ proposedAt }) => showMoment(proposedAt), nowrap: true },
                ]}
                rows={entries}
                href={({ clinicCode }) => clinicPaths.clinic(clinicCode)}
                empty="確認を待つ契約・休止・廃止はありません。"
              />
              <Pagination
                page={at}
                pages={Math.ceil(total / rowsAPage)}
                href={(next) => `${clinicPaths.waiting}?page=${next}`}
              />
            </Panel>
            <Panel title={`振込先口座 ${accountTotal.toLocaleString("ja-JP")}件`}>
              <Table
                caption="確認を待つ振込先口座"
                columns={[
                  { title: "支払先の番号", cell: ({ payee }) => payee, nowrap: true },
                  { title: "支払先", cell: ({ payee }) => payees.get(payee)?.name ?? "―" },
                  { title: "使い始める日", cell: ({ validFrom }) => day(validFrom), nowrap: true },
                  { title: "入力", cell: ({ enteredAt }) => showMoment(enteredAt), nowrap: true },
                ]}
                rows={accounts}
                {...(handles && { href: ({ id }: { id: string }) => clinicPaths.account(id) })}
                empty="確認を待つ口座はありません。"
              />
            </Panel>
          </>
        ),
      });
    },
  }),
];
