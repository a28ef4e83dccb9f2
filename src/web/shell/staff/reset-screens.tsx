import {
  type CredentialReset,
  decideReset,
  issueReset,
  openResets,
  type ResetReason,
  requestReset,
  resetActions,
  resetReasons,
} from "#src/platform/access/index.ts";
import type { Work } from "#src/platform/work.ts";
import { Notification, PageTitle, RowDecision, Table } from "../../components/index.ts";
import { showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import { credentialReply } from "./first-credential.tsx";

const administer = { right: "staff.manage", purpose: "administration" } as const;
const approve = { right: "credential.approve", purpose: "administration" } as const;

/** A new password and code for somebody: applied for by an administrator, approved by another person, carried out. */
export const resetScreens = [
  defineRoute({
    ...administer,
    method: "post",
    path: "/staff/:staff/reset",
    audit: "credential-reset.applied-for",
    async handle({ params, form, work }) {
      const why = form.choice("why", Object.keys(resetReasons) as ResetReason[]) ?? "forgotten";
      await work((unit) => requestReset(unit, numberOf(params.staff), why));
      return redirect(
        `/staff/${params.staff}`,
        "再設定を申請しました。ほかの職員が承認すると、この画面から行えます。",
      );
    },
  }),
  defineRoute({
    ...approve,
    method: "get",
    path: "/credential-resets",
    audit: "credential-resets.listed",
    handle: listPage,
  }),
  defineRoute({
    ...approve,
    method: "post",
    path: "/credential-resets/:reset/decision",
    audit: "credential-reset.decided",
    async handle({ params, form, work }) {
      const event = form.pressed(["approve", "refuse"]);
      await work((unit) => decideReset(unit, numberOf(params.reset), event));
      return redirect(
        "/credential-resets",
        event === "approve" ? "再設定を承認しました。" : "再設定の申請を却下しました。",
      );
    },
  }),
  defineRoute({
    ...administer,
    method: "post",
    path: "/credential-resets/:reset/issue",
    audit: "credential-reset.carried-out",
    async handle({ params, work }) {
      const { first, loginName } = await work((unit) => issueReset(unit, numberOf(params.reset)));
      return credentialReply(first, loginName);
    },
  }),
];

interface Row extends CredentialReset {
  actions: ReturnType<typeof resetActions>;
}

const rowsOf = async (work: Work): Promise<Row[]> =>
  (await openResets(work)).map((reset) => ({ ...reset, actions: resetActions(work, reset) }));

async function listPage({ work }: ScreenRequest) {
  const title = "サインインの再設定の承認";
  return page({
    title,
    breadcrumb: [{ title }],
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Notification
          tone="info"
          title="承認する前に、本人が再設定を求めたことを、本人か所属長に電話や対面で確かめてください。"
        />
        <ResetTable rows={await work(rowsOf)} />
      </>
    ),
  });
}

function ResetTable({ rows }: { rows: Row[] }) {
  return (
    <Table
      caption="再設定の申請"
      columns={[
        { title: "職員", cell: (row: Row) => `${row.staffName}（${row.loginName}）` },
        { title: "理由", cell: (row) => resetReasons[row.why] },
        { title: "申請", cell: (row) => `${row.requester} ${showMoment(row.requestedAt)}` },
        { title: "状態", cell: standingWords },
        {
          title: "承認",
          cell: (row) => {
            const actions = row.actions.filter(({ type }) => type !== "issue");
            return actions.length === 0 ? null : (
              <RowDecision
                action={`/credential-resets/${row.id}/decision`}
                actions={actions}
                asks={{
                  approve:
                    "本人に確かめましたか。承認すると、申請した管理者が新しいパスワードを渡せます。",
                  refuse: "この再設定の申請を却下します。よろしいですか。",
                }}
              />
            );
          },
        },
      ]}
      rows={rows}
      empty="承認を待っている再設定はありません。"
    />
  );
}

/** Where an application stands, in words. */
export const standingWords = ({ decision, decider, until }: CredentialReset): string =>
  decision === null
    ? "承認待ち"
    : `承認済（${decider ?? ""}。${until ? showMoment(until) : ""}まで再設定できます）`;
