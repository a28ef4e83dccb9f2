import { certificatesOfKind } from "#src/platform/applications/index.ts";
import {
  Button,
  DateField,
  FieldRow,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Table,
  Tabs,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import type { OrderPage } from "#src/web/mailings/index.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { addDays, addMonths, type IsoDate, monthStart } from "#workflows/dates/iso-date.ts";
import { countDeliveries, type Delivery, giveAtCounter, listDeliveries } from "../deliveries.ts";
import { singleParent } from "../index.ts";
import { monthlyMailings } from "../monthly.ts";

const { program } = singleParent;
export const deliveriesTitle = "交付した証の受渡し";
export const deliveriesPath = `/${program}/deliveries` as const;
const perPage = 100;
const ticksForm = "given";
const ways = { counter: "窓口で渡した", run: "一括発送" } as const;

/** Certificates as steps of cases issued them, and how each reached its household. */
export const deliveryScreens: AnyRoute[] = [
  defineRoute({
    right: "certificate.issue",
    program,
    purpose: "case",
    method: "get",
    path: deliveriesPath,
    audit: "deliveries.listed",
    handle: (request) => listReply(request),
  }),
  defineRoute({
    right: "certificate.issue",
    program,
    purpose: "case",
    method: "post",
    path: deliveriesPath,
    audit: "delivery.sent",
    async handle(request) {
      const ids = request.form.all("certificate");
      if (ids.length === 0) return listReply(request, "窓口で渡した証を選んでください。");
      const given = await request.work((unit) => giveAtCounter(unit, ids));
      return redirect(deliveriesPath, `${given}枚を窓口で渡したと記録しました。`);
    },
  }),
];

/** The last month and this one, so far. */
const usual = (today: IsoDate) => ({ from: monthStart(addMonths(today, -1)), to: today });

async function listReply(
  { work, platform, query }: Pick<ScreenRequest, "work" | "platform" | "query">,
  fault?: string,
) {
  const only = query.choice("tab", ["due", "all"]) ?? "due";
  const at = Math.max(1, query.integer("page") ?? 1);
  const today = platform.clock.today();
  const period = usual(today);
  const { rows, total, people } = await work(async (unit) => {
    const rows = await listDeliveries(unit, {
      only,
      ...period,
      lines: { from: (at - 1) * perPage, size: perPage },
    });
    return {
      rows,
      total: await countDeliveries(unit, { only, ...period }),
      people: await peopleOfRows(
        unit,
        rows.map(({ personNumber }) => personNumber),
      ),
    };
  });
  const sorts = certificatesOfKind(singleParent);
  return page({
    title: `${singleParent.title} ${deliveriesTitle}`,
    status: fault ? 422 : 200,
    breadcrumb: [{ title: deliveriesTitle }],
    content: (
      <>
        <PageTitle>{deliveriesTitle}</PageTitle>
        {fault && <Notification tone="error" title={fault} />}
        <Tabs
          label="どれを"
          tabs={[
            { title: "まだ渡していないもの", href: deliveriesPath, current: only === "due" },
            { title: "すべて", href: `${deliveriesPath}?tab=all`, current: only === "all" },
          ]}
        />
        <Panel
          title={`${showDateShort(period.from)}から今日までに交付した証 ${total.toLocaleString("ja-JP")}枚`}
        >
          <p class="field-hint">
            窓口で渡したものは、ここで記録してください。記録のないものは、月次の一括発送で郵送されます。
          </p>
          {only === "due" && rows.length > 0 && (
            <Form action={deliveriesPath} id={ticksForm}>
              <Button look="secondary">選んだ証を窓口で渡したと記録する</Button>
            </Form>
          )}
          <Table
            caption={deliveriesTitle}
            rows={rows}
            {...(only === "due"
              ? {
                  ticks: {
                    form: ticksForm,
                    name: "certificate",
                    value: ({ certificateId }: Delivery) => certificateId,
                    label: ({ recipientNumber }: Delivery) => `${recipientNumber}を選ぶ`,
                  },
                }
              : {})}
            columns={[
              {
                title: "氏名",
                cell: ({ personNumber }: Delivery) => (
                  <PersonCell person={people.get(personNumber)} today={today} />
                ),
              },
              { title: "受給者番号", cell: ({ recipientNumber }) => recipientNumber, nowrap: true },
              {
                title: "証",
                cell: ({ kind, issue }) => `${sorts[kind]?.title ?? kind} 第${issue}回`,
                nowrap: true,
              },
              { title: "交付日", cell: ({ issuedOn }) => showDateShort(issuedOn), nowrap: true },
              {
                title: "受渡し",
                cell: ({ way, onDay, run }) =>
                  way ? `${ways[way]} ${run ?? ""} ${showDateShort(onDay)}` : "まだ",
              },
              {
                title: "申請",
                cell: ({ caseId, caseNumber }) => (
                  <a href={`/${program}/cases/${caseId}`}>{caseNumber}</a>
                ),
                nowrap: true,
              },
            ]}
            empty="この期間に、渡していない証はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / perPage)}
            href={(next) => `${deliveriesPath}?tab=${only}&page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}

/** The monthly run of each sort: what was issued from one day to another. */
export const monthlyOrders: OrderPage[] = monthlyMailings.map(({ sort, title, kind }) => ({
  kind,
  path: sort === "card" ? "monthly/new" : `monthly/new-${sort}`,
  title: `${title}の月次発送`,
  button: "対象者を抽出する",
  audit: "monthly-mailing.started",
  Fields: ({ today }) => {
    const last = addDays(monthStart(today), -1);
    return (
      <FieldRow>
        <DateField
          name="from"
          label="交付した日（いつから）"
          required
          value={showDateShort(monthStart(last))}
        />
        <DateField name="to" label="交付した日（いつまで）" required value={showDateShort(last)} />
      </FieldRow>
    );
  },
  read(form, errors, { today }) {
    const [from, to] = [readDate(form.text("from")), readDate(form.text("to"))];
    if (!from) errors.from = "日付を入力してください。例: R8.11.1";
    if (!to) errors.to = "日付を入力してください。例: R8.11.30";
    else if (to > today) errors.to = "今日までの日付を入力してください。";
    else if (from && to < from) errors.to = "終わりは始まりより後にしてください。";
    if (!from || !to || errors.to) return undefined;
    return {
      title: `${title} 月次（${showDateShort(from)}～${showDateShort(to)}交付分）`,
      parameters: { sort, from, to },
    };
  },
}));
