import { holds } from "#src/platform/access/actor.ts";
import { hasReached, type Person } from "#src/platform/people/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Badge,
  Button,
  Form,
  Notification,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { personOfPath, personPath } from "#src/web/person-path.ts";
import { inlinePdf } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { PersonPanel } from "#src/web/screens.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { subjectOf } from "#workflows/vaccination/coupons-due.ts";
import { vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { conditionsAt } from "#workflows/vaccination/special/circumstances.ts";
import type { Shot, VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { couponsOf } from "../coupons.ts";
import { type HandbookCell, type HandbookRow, handbookOf } from "../handbook.ts";
import { issueInOffice } from "../office-coupons.ts";
import { historiesOf } from "../shots.ts";
import { circumstancesOf } from "../special/index.ts";
import { StateBadge } from "./coupons.tsx";
import { paths } from "./paths.ts";

/** Until this age the grid is shown to those without a record too. */
const grown = 20;

/** Vaccinations as in the 母子手帳, and the coupons, on the page of a person. */
export async function personPanels(work: Work, person: Person): Promise<PersonPanel[]> {
  const { personNumber } = person;
  const today = work.platform.clock.today();
  const history = (await historiesOf(work, [personNumber])).get(personNumber) ?? [];
  const coupons = await couponsOf(work, personNumber);
  const { bornOn } = person;
  const isChild = hasReached(person, grown, today) !== true;
  if (!isChild && history.length === 0 && coupons.length === 0) return [];
  const sex = person.sex === "male" ? "male" : "female";
  const circumstances = (await circumstancesOf(work, [personNumber])).get(personNumber) ?? [];
  const conditions = conditionsAt(circumstances, today);
  const rows = bornOn ? handbookOf({ birth: bornOn, sex, conditions }, history, today) : [];
  const issued = new Set(
    coupons.flatMap(({ state, vaccine, dose }) =>
      state === "issued" ? [subjectOf(vaccine, dose)] : [],
    ),
  );
  const prints = holds(work.actor, "document.print", { program: "vaccination" });
  const mayIssue = prints && !person.residence.to && !person.diedOn && !person.isProtected;
  const open = mayIssue ? rows.flatMap((row) => openDose(row, issued)) : [];
  return [
    {
      title: "予防接種の記録",
      order: 50,
      content: bornOn ? <Handbook rows={rows} issued={issued} /> : <Unjudged history={history} />,
    },
    {
      title: "接種券",
      order: 53,
      // Where a dose is open, its coupon is what the person has come for.
      empty: coupons.length === 0 && open.length === 0,
      content: (
        <>
          <Table
            caption="接種券"
            columns={[
              { title: "券番号", cell: ({ number }) => number, nowrap: true },
              {
                title: "予防接種",
                cell: ({ vaccine, label }) => `${vaccineLabel(vaccine as VaccineId)} ${label}`,
              },
              {
                title: "発行日",
                cell: ({ issuedOn }) => showDateShort(issuedOn as IsoDate),
                nowrap: true,
              },
              {
                title: "期限",
                cell: ({ usableTo }) => showDateShort(usableTo as IsoDate),
                nowrap: true,
              },
              { title: "状態", cell: (coupon) => <StateBadge coupon={coupon} />, nowrap: true },
            ]}
            rows={coupons}
            href={({ number }) => paths.coupon(number)}
            tone={({ state }) => (state === "cancelled" ? "muted" : undefined)}
            empty="接種券はまだ発行されていません。"
          />
          {open.length > 0 && (
            <Form
              action={`${personPath(work.platform, personNumber)}/coupons`}
              class="form stacked"
            >
              <SelectField
                name="subject"
                label="窓口で発行する"
                options={open.map(({ subject, title }) => ({ value: subject, label: title }))}
              />
              <Button look="secondary">接種券を発行</Button>
            </Form>
          )}
        </>
      ),
    },
  ];
}

/** What was given, where nobody can say what is due. */
const Unjudged = ({ history }: { history: readonly Shot[] }) => (
  <>
    <Notification
      tone="warning"
      title="生年月日が不詳のため、対象となる予防接種を判定できません。みなし生年月日を設定してください。"
    />
    <Table
      caption="接種の記録"
      columns={[
        { title: "予防接種", cell: ({ vaccine }) => vaccineLabel(vaccine as VaccineId) },
        { title: "回数", cell: ({ dose }) => (dose ? `${dose}回目` : "―"), nowrap: true },
        { title: "接種日", cell: ({ date }) => showDateShort(date), nowrap: true },
      ]}
      rows={history}
      empty="接種の記録はありません。"
    />
  </>
);

/** The dose that may be given now and has no coupon yet. */
function openDose({ vaccine, title, cells }: HandbookRow, issued: ReadonlySet<string>) {
  const index = cells.findIndex(({ state }) => state === "due");
  const subject = subjectOf(vaccine, index + 1);
  if (index < 0 || issued.has(subject)) return [];
  return [{ subject, title: cells.length > 1 ? `${title} ${index + 1}回目` : title }];
}

function Handbook({ rows, issued }: { rows: readonly HandbookRow[]; issued: ReadonlySet<string> }) {
  const doses = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return (
    <Table
      caption="予防接種の記録（接種済み・対象・期限切れ）"
      columns={[
        { title: "予防接種", cell: ({ title }) => title },
        ...Array.from({ length: doses }, (_, index) => ({
          title: `${index + 1}回目`,
          cell: ({ cells, vaccine }: HandbookRow) => (
            <Cell cell={cells[index]} sent={issued.has(subjectOf(vaccine, index + 1))} />
          ),
        })),
      ]}
      rows={rows}
      empty="記録も、対象となる予防接種もありません。"
    />
  );
}

function Cell({ cell, sent }: { cell: HandbookCell | undefined; sent: boolean }) {
  if (!cell) return null;
  if (cell.state === "none") return <>―</>;
  if (cell.state === "done")
    return (
      <>
        <Badge tone="success">済</Badge> <span class="nowrap">{showDateShort(cell.on)}</span>
      </>
    );
  if (cell.state === "late")
    return (
      <>
        <Badge tone="error">期限切れ</Badge> <span class="nowrap">～{showDateShort(cell.to)}</span>
      </>
    );
  return (
    <>
      {cell.state === "due" ? <Badge tone="warning">対象</Badge> : <Badge>予定</Badge>}{" "}
      <span class="nowrap">
        {cell.state === "due" ? `～${showDateShort(cell.to)}` : `${showDateShort(cell.from)}～`}
      </span>
      {sent && <span class="cell-note">接種券 発行済み</span>}
    </>
  );
}

/** Prints a coupon at the counter for a dose that may be given now. */
export const issueCoupon = defineRoute({
  method: "post",
  path: "/people/:person/coupons",
  right: "document.print",
  program: "vaccination",
  purpose: "counter",
  audit: "coupon.issue-asked",
  async handle({ params, form, work, platform }) {
    const number = personOfPath(platform, params.person);
    const subject = form.text("subject");
    if (!/^\w+:\d+$/.test(subject))
      throw new Problem({ status: 422, message: "予防接種を選んでください。" });
    const { number: printed, pdf } = await work((unit) => issueInOffice(unit, number, subject));
    return inlinePdf(`coupon-${printed}.pdf`, pdf);
  },
});
