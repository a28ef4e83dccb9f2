import {
  type Actor,
  type Duty,
  decideGrant,
  duties,
  grantActions,
  latestEnd,
  officeList,
  requestGrant,
  staffList,
  waitingGrants,
} from "#src/platform/access/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import {
  Actions,
  Button,
  DateField,
  FieldGroup,
  Form,
  PageTitle,
  Panel,
  ReasonField,
  RowDecision,
  SelectField,
  Table,
} from "../../components/index.ts";
import { readDate, showDateShort, showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import { dutyTitle, type ProgramTitles, programTitles } from "./duty-words.tsx";

const requestGuard = { right: "grant.request", purpose: "administration" } as const;
const approveGuard = { right: "grant.approve", purpose: "administration" } as const;
type Waiting = Awaited<ReturnType<typeof waitingGrants>>[number];

export function grantScreens(programs: readonly ProgramScreens[]) {
  const titles = programTitles(programs);
  return [
    defineRoute({
      ...requestGuard,
      method: "get",
      path: "/grants/new",
      audit: "grant.application-opened",
      handle: (request) => requestPage(request, titles, {}),
    }),
    defineRoute({
      ...requestGuard,
      method: "post",
      path: "/grants/new",
      audit: "grant.applied-for",
      async handle(request) {
        const { form, work } = request;
        const staffId = form.integer("staff");
        const wanted = form.choice("duty", Object.keys(duties) as Duty[]);
        const validFrom = readDate(form.text("validFrom"));
        const validTo = readDate(form.text("validTo"));
        const reason = form.text("reason");
        const errors: Record<string, string> = {};
        if (!staffId) errors.staff = "職員を選んでください。";
        if (!wanted) errors.duty = "職務を選んでください。";
        if (!validFrom) errors.validFrom = "開始日を入力してください。例: R8.11.20";
        if (!validTo) errors.validTo = "終了日を入力してください。例: R9.3.31";
        if (validFrom && validTo && validTo > latestEnd(validFrom)) {
          errors.validTo = "権限は年度末までです。";
        }
        const fault = reasonFault(reason, "必要な理由");
        if (fault) errors.reason = fault;
        if (!staffId || !wanted || !validFrom || !validTo || Object.keys(errors).length > 0) {
          return requestPage(request, titles, errors);
        }
        await work((unit) =>
          requestGrant(unit, {
            staffId,
            duty: wanted,
            program: form.text("program") || null,
            officeCode: form.text("office") || null,
            validFrom,
            validTo,
            reason,
          }),
        );
        return redirect(
          "/grants/new",
          "権限を申請しました。承認者が承認すると使えるようになります。",
        );
      },
    }),
    defineRoute({
      ...approveGuard,
      method: "get",
      path: "/grants",
      audit: "grants.listed",
      handle: async ({ work, actor }) =>
        page({
          title: "権限の承認",
          breadcrumb: [{ title: "権限の承認" }],
          content: (
            <>
              <PageTitle>権限の承認</PageTitle>
              <WaitingTable waiting={await work(waitingGrants)} titles={titles} decideAs={actor} />
            </>
          ),
        }),
    }),
    defineRoute({
      ...approveGuard,
      method: "post",
      path: "/grants/:grant/decision",
      audit: "grant.decided",
      async handle({ params, form, work }) {
        const event = form.pressed(["approve", "refuse"]);
        await work((unit) => decideGrant(unit, numberOf(params.grant), event));
        return redirect("/grants", event === "approve" ? "承認しました。" : "却下しました。");
      },
    }),
  ];
}

async function requestPage(
  request: ScreenRequest,
  titles: ProgramTitles,
  errors: Record<string, string>,
) {
  const { work, form, query, platform } = request;
  const { staff, offices, waiting } = await work(async (unit) => ({
    staff: await staffList(unit),
    offices: await officeList(unit),
    waiting: await waitingGrants(unit),
  }));
  const today = platform.clock.today();
  const title = "権限の申請";
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Form
          action="/grants/new"
          values={form.names().length > 0 ? form : undefined}
          errors={errors}
        >
          <FieldGroup title="申請する権限">
            <SelectField
              name="staff"
              label="職員"
              required
              empty="選択してください"
              value={query.text("staff")}
              options={staff
                .filter(({ status }) => status === "active")
                .map(({ id, loginName, displayName, officeName }) => ({
                  value: String(id),
                  label: `${displayName}（${loginName}・${officeName ?? "全市"}）`,
                }))}
            />
            <SelectField
              name="duty"
              label="職務"
              required
              empty="選択してください"
              options={Object.entries(duties)
                .filter(([duty]) => duty !== "system")
                .map(([value, { title: label }]) => ({ value, label }))}
            />
            <SelectField
              name="program"
              label="事務"
              empty="全事務"
              options={[...titles].map(([value, label]) => ({ value, label }))}
            />
            <SelectField
              name="office"
              label="区"
              empty="全区"
              options={offices.map(({ code, name }) => ({ value: code, label: name }))}
            />
            <DateField name="validFrom" label="開始日" required value={showDateShort(today)} />
            <DateField
              name="validTo"
              label="終了日"
              required
              value={showDateShort(latestEnd(today))}
              hint="年度末まで。更新は翌年度に改めて申請します。"
            />
            <ReasonField name="reason" label="必要な理由" required width={40} />
          </FieldGroup>
          <Actions>
            <Button shortcut="Ctrl+Enter">申請する</Button>
          </Actions>
        </Form>
        <Panel title={`承認待ち ${waiting.length}件`}>
          <WaitingTable waiting={waiting} titles={titles} />
        </Panel>
      </>
    ),
  });
}

function WaitingTable(props: {
  waiting: readonly Waiting[];
  titles: ProgramTitles;
  /** The approver; without it there are no buttons. */
  decideAs?: Actor;
}) {
  const { decideAs } = props;
  return (
    <Table
      caption="承認を待つ権限"
      columns={[
        { title: "職員", cell: (row: Waiting) => `${row.staffName}（${row.loginName}）` },
        { title: "職務", cell: (row) => dutyTitle(row.duty), nowrap: true },
        {
          title: "事務・区",
          cell: (row) =>
            `${row.program ? (props.titles.get(row.program) ?? row.program) : "全事務"}・${row.officeName ?? "全区"}`,
        },
        {
          title: "期間",
          cell: (row) =>
            `${showDateShort(row.validFrom as IsoDate)}～${showDateShort(row.validTo as IsoDate)}`,
          nowrap: true,
        },
        { title: "理由", cell: (row) => row.reason },
        { title: "申請", cell: (row) => `${row.requesterName} ${showMoment(row.requestedAt)}` },
        ...(decideAs === undefined
          ? []
          : [
              {
                title: "承認",
                cell: (row: Waiting) => (
                  <RowDecision
                    action={`/grants/${row.id}/decision`}
                    actions={grantActions(decideAs, row)}
                    asks={{ refuse: "この申請を却下します。よろしいですか。" }}
                  />
                ),
              },
            ]),
      ]}
      rows={props.waiting}
      empty="承認を待っている権限はありません。"
    />
  );
}
