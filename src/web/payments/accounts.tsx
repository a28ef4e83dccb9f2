import { codesOf } from "#src/platform/intake/index.ts";
import {
  type AccountRow,
  accountActions,
  accountClosingTitles,
  accountEvidenceTitles,
  accountInWords,
  accountSourceTitles,
  accountsToConfirm,
  countAccountsToConfirm,
  moveAccount,
  readAccount,
} from "#src/platform/payments/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith } from "../cases/sent.tsx";
import {
  Badge,
  Columns,
  choicesOf,
  DefinitionList,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { idOf } from "../params.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { personPath } from "../person-path.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { day, rowsAPage, StepForm } from "./parts.tsx";
import type { Payments } from "./set.ts";

const stateTitles = {
  provisional: "確認待ち",
  confirmed: "使用中",
  refused: "使わない",
  replaced: "入力し直し",
  closed: "使用終了",
} as const satisfies Record<AccountRow["state"], string>;
export const AccountBadge = ({ state }: { state: AccountRow["state"] }) => (
  <Badge
    tone={
      state === "provisional"
        ? "warning"
        : state === "confirmed"
          ? "success"
          : state === "refused"
            ? "error"
            : "neutral"
    }
  >
    {stateTitles[state]}
  </Badge>
);

const title = "口座の確認";
const closings = (["own-request", "bank-closed", "mistake"] as const).map((code) => ({
  value: code,
  label: accountClosingTitles[code],
}));

/** 口座確認: what waits, and each with what was entered beside the evidence to compare it with. */
export const accountScreens = (of: Payments): AnyRoute[] => {
  const common = { ...of.reading, right: "payment-account.handle" } as const;
  return [
    defineRoute({
      ...common,
      method: "get",
      path: of.paths.accounts,
      audit: "payment-accounts.listed",
      async handle({ work, query, platform }) {
        const at = Math.max(1, query.integer("page") ?? 1);
        const { rows, total, people } = await work(async (unit) => {
          const waiting = await accountsToConfirm(unit, {
            from: (at - 1) * rowsAPage,
            size: rowsAPage,
          });
          return {
            rows: waiting,
            total: (await countAccountsToConfirm(unit)).count,
            people: await peopleOfRows(
              unit,
              waiting.map(({ personNumber }) => personNumber),
            ),
          };
        });
        return page({
          title: `${of.title} ${title}`,
          breadcrumb: [{ title: "支払", path: of.paths.runs }, { title }],
          content: (
            <>
              <PageTitle>{title}</PageTitle>
              <Panel title={`確認を待つ口座 ${total.toLocaleString("ja-JP")}件`}>
                <Table
                  caption="確認を待つ口座"
                  columns={[
                    { title: "登録", cell: (row) => showMoment(row.recordedAt), nowrap: true },
                    {
                      title: "対象者",
                      cell: (row) => (
                        <PersonCell
                          person={people.get(row.personNumber)}
                          today={platform.clock.today()}
                        />
                      ),
                    },
                    { title: "元", cell: (row) => accountSourceTitles[row.source] },
                    { title: "使い始める日", cell: (row) => day(row.validFrom), nowrap: true },
                  ]}
                  rows={rows}
                  href={({ id }) => of.paths.account(id)}
                  empty="確認を待つ口座はありません。"
                />
                <Pagination
                  page={at}
                  pages={Math.ceil(total / rowsAPage)}
                  href={(next) => `${of.paths.accounts}?page=${next}`}
                />
              </Panel>
            </>
          ),
        });
      },
    }),
    defineRoute({
      ...common,
      method: "get",
      path: `${of.paths.accounts}/:account` as const,
      audit: "payment-account.opened",
      handle: (request) => accountPage(of, request),
    }),
    ...(["confirm", "refuse", "close"] as const).map((type) =>
      defineRoute({
        ...common,
        method: "post",
        path: `${of.paths.accounts}/:account/${type}` as const,
        audit: `payment-account.${type}-asked`,
        async handle(request) {
          const { params, form, work } = request;
          const evidence = form.choice("evidence", codesOf(accountEvidenceTitles));
          const closedFor = form.choice("closedFor", codesOf(accountClosingTitles));
          try {
            if (type === "confirm" && !evidence)
              throw new EntryProblem("evidence", "照らし合わせた書類を選んでください。");
            if (type === "close" && !closedFor)
              throw new EntryProblem("closedFor", "理由を選んでください。");
            await work((unit) =>
              moveAccount(unit, idOf(params.account), type, {
                ...(evidence && { evidence }),
                ...(closedFor && { closedFor }),
              }),
            );
          } catch (error) {
            return accountPage(of, request, sentWith(type, form, error));
          }
          return redirect(
            of.paths.accounts,
            {
              confirm: "口座を確認しました。次の支払から使います。",
              refuse: "この口座は使いません。",
              close: "口座の使用をやめました。",
            }[type],
          );
        },
      }),
    ),
  ];
};

async function accountPage(of: Payments, request: ScreenRequest<`${string}:account`>, sent?: Sent) {
  const { params, work, platform } = request;
  const id = idOf(params.account);
  const { row, account, person, actions } = await work(async (unit) => {
    const found = await readAccount(unit, id);
    return {
      ...found,
      person: await lookAtPerson(unit, found.row.personNumber, ["facts", "name"]),
      actions: await accountActions(unit, found.row),
    };
  });
  return page({
    title: `${of.title} 振込先口座`,
    breadcrumb: [
      { title: "支払", path: of.paths.runs },
      { title, path: of.paths.accounts },
      { title: "振込先口座" },
    ],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<AccountBadge state={row.state} />}>振込先口座</PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title="入力された口座">
            <DefinitionList
              items={[
                [
                  "対象者",
                  <a key="person" href={personPath(platform, row.personNumber)}>
                    <PersonCell person={person} today={platform.clock.today()} />
                  </a>,
                ],
                ["金融機関・口座", accountInWords(account, "whole")],
                ["金融機関コード・店番", `${account.bankCode}-${account.branchCode}`],
                ["口座名義", account.holderKana],
                [
                  "元",
                  `${accountSourceTitles[row.source]}${row.publicAccount ? "（公金受取口座）" : ""}`,
                ],
                ["使い始める日", day(row.validFrom)],
                ["使い終わる日", day(row.validTo)],
                ["登録", showMoment(row.recordedAt)],
                ["照らし合わせた書類", row.evidence ? accountEvidenceTitles[row.evidence] : "―"],
                ["終了の理由", row.closedFor ? accountClosingTitles[row.closedFor] : "―"],
              ]}
            />
          </Panel>
          {actions.length > 0 && (
            <Panel title="次の操作">
              {row.state === "provisional" && (
                <p>
                  通帳の写しなどの書類を手元に置き、金融機関・店番・口座番号・名義を一つずつ照らし合わせてください。
                </p>
              )}
              {actions.map(({ type, title: step, reasons }) => (
                <StepForm
                  key={type}
                  action={`${of.paths.account(id)}/${type}`}
                  revision={1}
                  type={type}
                  title={step}
                  reasons={reasons}
                  aside={type !== "confirm"}
                  confirm={
                    type === "confirm"
                      ? undefined
                      : `「${step}」を行います。元に戻せません。よろしいですか。`
                  }
                >
                  {type === "confirm" && (
                    <SelectField
                      name="evidence"
                      label="照らし合わせた書類"
                      required
                      options={choicesOf(accountEvidenceTitles)}
                    />
                  )}
                  {type === "close" && (
                    <SelectField name="closedFor" label="理由" required options={closings} />
                  )}
                </StepForm>
              ))}
            </Panel>
          )}
        </Columns>
      </SentContext.Provider>
    ),
  });
}
