import { holds } from "#src/platform/access/actor.ts";
import { entitlementsOf } from "#src/platform/entitlements/index.ts";
import { lookAtPerson, type Person, shownName } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Actions,
  Button,
  ButtonLink,
  choicesOf,
  type FieldErrors,
  FieldRow,
  Form,
  Notification,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { numberOf } from "#src/web/params.ts";
import { maskedName } from "#src/web/person-cell.tsx";
import { personOfPath, personPath } from "#src/web/person-path.ts";
import { download, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { PersonPanel } from "#src/web/screens.ts";
import type { Values } from "#src/web/values.ts";
import { daysInMonth, type IsoDate, type IsoMonth, monthEnd } from "#workflows/dates/iso-date.ts";
import { sheetFaults, sheetSources } from "#workflows/intractable-disease/cap-sheet.ts";
import { longHighCost, mildHighCost } from "#workflows/intractable-disease/high-cost-months.ts";
import { yen } from "#workflows/text/yen.ts";
import { blankSheets } from "../../blank-sheets.ts";
import {
  type CapSheet,
  dayIn,
  enterSheet,
  type KeyedSheet,
  monthCosts,
  sheetsOf,
  withdrawSheet,
} from "../../cap-sheets.ts";
import { codeOf, namesOfCodes } from "../../institutions.ts";
import { termsOn } from "../../terms.ts";

const program = "intractable-disease";
const title = "自己負担上限額管理票";
const pathOf = (part: string) => `/${program}/cap-sheets/${part}` as const;
const guard = { program, purpose: "counter" } as const;
/** Rows of the form; a slip of a month has fewer, and another can be keyed in its place. */
const formRows = 20;

const showMonth = (month: string) => month.replace(/^(\d+)-0?(\d+)$/, "$1年$2月");

/** 管理票 of a person on their page. */
export async function capSheetPanel(work: Work, person: Person): Promise<PersonPanel[]> {
  if (!holds(work.actor, "case.read", { program })) return [];
  const sheets = await sheetsOf(work, person.personNumber);
  if (sheets.length === 0 && !holds(work.actor, "case.enter", { program })) return [];
  const part = personPath(work.platform, person.personNumber).split("/").at(-1) ?? "";
  return [
    {
      title: `指定難病 管理票 ${sheets.length}か月`,
      order: 36,
      content: <ButtonLink href={pathOf(part)}>自己負担上限額管理票を開く</ButtonLink>,
    },
  ];
}

/** 管理票 as data: keyed month by month, beside the cap, receipts and what counts as evidence of dear months. */
export const capSheetScreens: AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: `/${program}/cap-sheets/:person`,
    right: "case.read",
    audit: "cap-sheets.opened",
    handle: (request) => sheetPage(request, request.params.person),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `/${program}/cap-sheets/:person`,
    right: "case.enter",
    audit: "cap-sheet.sent",
    async handle(request) {
      const { params, form, work, platform } = request;
      const personNumber = personOfPath(platform, params.person);
      const { errors, sheet } = await work((unit) => keyed(unit, personNumber, form));
      if (!sheet) return sheetPage(request, params.person, { values: form, errors });
      const faults = await work((unit) => enterSheet(unit, sheet));
      return redirect(
        pathOf(params.person),
        [`${showMonth(sheet.month)}の管理票を登録しました。`, ...faults].join(" "),
      );
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `/${program}/cap-sheets/:person/paper`,
    right: "certificate.issue",
    audit: "cap-sheet.print-asked",
    async handle({ params, work, platform }) {
      const personNumber = personOfPath(platform, params.person);
      const { pdf } = await work((unit) => blankSheets(unit, personNumber));
      return download(`cap-sheets-${platform.clock.today()}.pdf`, "application/pdf", pdf);
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `/${program}/cap-sheets/:person/:sheet/withdrawal`,
    right: "case.enter",
    audit: "cap-sheet.withdrawal-sent",
    async handle({ params, work }) {
      await work((unit) => withdrawSheet(unit, numberOf(params.sheet)));
      return redirect(pathOf(params.person), "管理票を取り消しました。");
    },
  }),
];

const said = (at: number, fault: string) => `${at + 1}行目: ${fault}`;

/** What was keyed, or what is wrong with it, field by field. */
async function keyed(
  work: Work,
  personNumber: string,
  form: Values,
): Promise<{ errors: Record<string, string>; sheet?: KeyedSheet }> {
  const errors: Record<string, string> = {};
  const month = form
    .text("month")
    .normalize("NFKC")
    .replace(/^(\d{4})-?(\d{2})$/, "$1-$2") as IsoMonth;
  const today = work.platform.clock.today();
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    errors.month = "年月を 2026-11 の形で入力してください。";
  else if (month > today.slice(0, 7)) errors.month = "まだ来ていない月です。";
  const source = form.choice("source", Object.keys(sheetSources) as CapSheet["source"][]);
  if (!source) errors.source = "何から入力するかを選んでください。";
  const rows: KeyedSheet["rows"][number][] = [];
  const [year = 0, of = 1] = month.split("-").map(Number);
  for (let at = 0; at < formRows; at++) {
    const name = (field: string) => `${field}-${at}`;
    const fields = ["day", "institution", "total", "share"];
    if (fields.every((field) => form.text(name(field)) === "")) continue;
    const [day, total, share] = ["day", "total", "share"].map((field) => form.integer(name(field)));
    const institution = await codeOf(work, form.text(name("institution")));
    if (day === undefined || day < 1 || (!errors.month && day > daysInMonth(year, of)))
      errors[name("day")] = said(at, "その月の日を入力してください。");
    if (!institution)
      errors[name("institution")] = said(
        at,
        "指定医療機関の一覧の名称か、検査数字の合う10桁のコードを入力してください。",
      );
    if (total === undefined || total < 0)
      errors[name("total")] = said(at, "医療費総額（10割）を入力してください。");
    if (share === undefined || share < 0)
      errors[name("share")] = said(at, "自己負担額を入力してください。");
    else if (total !== undefined && share > total)
      errors[name("share")] = said(at, "自己負担額が医療費総額より多くなっています。");
    const running = form.integer(name("running"));
    if (form.text(name("running")) !== "" && (running === undefined || running < 0))
      errors[name("running")] = said(at, "累積額は0以上の数字です。");
    if (day !== undefined && institution && total !== undefined && share !== undefined)
      rows.push({ usedOn: dayIn(month, day), institution, total, share, running });
  }
  if (rows.length === 0 && Object.keys(errors).length === 0)
    errors["day-0"] = "1行以上入力してください。";
  if (Object.keys(errors).length > 0 || !source) return { errors };
  return { errors, sheet: { personNumber, month, source, rows } };
}

async function sheetPage(
  { actor, work, platform }: Pick<ScreenRequest, "actor" | "work" | "platform">,
  part: string,
  sent?: { values: Values; errors: FieldErrors },
): Promise<Reply> {
  const personNumber = personOfPath(platform, part);
  const seen = await work(async (unit) => {
    const person = await lookAtPerson(unit, personNumber, ["facts", "name"]);
    if (!person) throw notFound();
    const sheets = await sheetsOf(unit, personNumber);
    const held = await entitlementsOf(unit, program, personNumber);
    const caps = new Map<string, number>();
    for (const { month } of sheets) {
      const last = monthEnd(`${month}-01` as IsoDate);
      const inMonth = held.filter(
        ({ status, validFrom, validTo }) =>
          status !== "revoked" && validFrom <= last && validTo >= `${month}-01`,
      );
      const terms = await termsOn(
        unit,
        inMonth.map(({ id }) => id),
        last,
      );
      const cap = [...terms.values()].at(0)?.cap;
      if (cap !== undefined) caps.set(month, cap);
    }
    return {
      person,
      sheets,
      caps,
      costs: await monthCosts(unit, personNumber),
      names: await namesOfCodes(
        unit,
        sheets.flatMap(({ rows }) => rows.map(({ institution }) => institution)),
      ),
    };
  });
  const { person, sheets, caps, costs, names } = seen;
  const name = person.addressMasked ? maskedName : shownName(person);
  const last12 = costs.slice(0, 12);
  const dear = (above: number) => last12.filter(({ total }) => total > above).length;
  const mayEnter = holds(actor, "case.enter", { program });
  return page({
    title,
    breadcrumb: [{ title: "住民", path: personPath(platform, personNumber) }, { title }],
    status: sent ? 422 : 200,
    content: (
      <>
        <PageTitle
          actions={
            holds(actor, "certificate.issue", { program }) && (
              <Form action={`${pathOf(part)}/paper`} class="inline-form">
                <Button look="secondary">これからの月の管理票を印刷する</Button>
              </Form>
            )
          }
        >{`${title} ${name}`}</PageTitle>
        <Panel title="月ごとの医療費と自己負担">
          <p class="field-hint">
            {`登録のある新しい12か月のうち、医療費総額が50,000円を超える月 ${dear(longHighCost.above)}回、33,330円を超える月 ${dear(mildHighCost.above)}回。申請の判定は、申請の画面で申請日から数えます。`}
          </p>
          <Table
            caption="月ごとの医療費"
            rows={costs}
            empty="管理票もレセプトもありません。"
            columns={[
              { title: "月", cell: ({ month }) => showMonth(month), nowrap: true },
              ...(
                [
                  ["管理票 医療費総額", ({ bySheet }) => bySheet?.total],
                  ["管理票 自己負担", ({ bySheet }) => bySheet?.share],
                  ["レセプト 医療費総額", ({ byReceipts }) => byReceipts?.total],
                  ["レセプト 自己負担", ({ byReceipts }) => byReceipts?.share],
                  ["上限月額", ({ month }) => caps.get(month)],
                ] as const satisfies readonly (readonly [
                  string,
                  (row: (typeof costs)[number]) => number | undefined,
                ])[]
              ).map(([heading, pick]) => ({
                title: heading,
                cell: (row: (typeof costs)[number]) => {
                  const found = pick(row);
                  return found === undefined ? "―" : yen(found);
                },
                align: "end" as const,
                nowrap: true,
              })),
            ]}
          />
        </Panel>
        {sheets.map((sheet) => (
          <SheetPanel
            key={sheet.id}
            sheet={sheet}
            cap={caps.get(sheet.month)}
            names={names}
            {...(mayEnter ? { withdrawal: `${pathOf(part)}/${sheet.id}/withdrawal` as const } : {})}
          />
        ))}
        {mayEnter && <SheetForm action={pathOf(part)} sent={sent} />}
      </>
    ),
  });
}

/** A slip of a month; what doesn't add up stands above it. */
function SheetPanel({
  sheet,
  cap,
  names,
  withdrawal,
}: {
  sheet: CapSheet;
  cap: number | undefined;
  names: ReadonlyMap<string, string>;
  withdrawal?: `/${string}`;
}) {
  const rows = sheet.rows.map((row) => ({
    ...row,
    usedOn: row.usedOn as IsoDate,
    running: row.running ?? undefined,
  }));
  const faults = sheetFaults(rows, cap);
  const sumOf = (pick: (row: (typeof rows)[number]) => number) =>
    yen(rows.reduce((sum, row) => sum + pick(row), 0));
  return (
    <Panel
      title={`${showMonth(sheet.month)} ${sheetSources[sheet.source]}`}
      actions={
        withdrawal && (
          <Form action={withdrawal} class="inline-form">
            <Button look="quiet" confirm="この月の管理票を取り消します。よろしいですか。">
              取り消す
            </Button>
          </Form>
        )
      }
    >
      {faults.length > 0 && (
        <Notification tone="warning" title="合わないところがあります">
          <ul>
            {faults.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Notification>
      )}
      <Table
        caption={`${showMonth(sheet.month)}の管理票`}
        rows={rows}
        columns={[
          { title: "日付", cell: ({ usedOn }) => showDateShort(usedOn), nowrap: true },
          {
            title: "指定医療機関",
            cell: ({ institution }) => `${names.get(institution) ?? ""} ${institution}`,
          },
          { title: "医療費総額", cell: ({ total }) => yen(total), align: "end", nowrap: true },
          { title: "自己負担額", cell: ({ share }) => yen(share), align: "end", nowrap: true },
          {
            title: "累積額",
            cell: ({ running }) => (running === undefined ? "―" : yen(running)),
            align: "end",
            nowrap: true,
          },
        ]}
        foot={
          <tr>
            <th scope="row" colSpan={2}>
              合計
            </th>
            <td class="align-end">{sumOf(({ total }) => total)}</td>
            <td class="align-end">{sumOf(({ share }) => share)}</td>
            <td class="align-end">{cap === undefined ? "" : `上限 ${yen(cap)}`}</td>
          </tr>
        }
      />
    </Panel>
  );
}

function SheetForm({
  action,
  sent,
}: {
  action: `/${string}`;
  sent: { values: Values; errors: FieldErrors } | undefined;
}) {
  return (
    <Panel title="管理票を入力する">
      <Form action={action} class="form stacked" values={sent?.values} errors={sent?.errors}>
        <p class="field-hint">
          診療した月に書き、償還払いの分は書きません。同じ月をもう一度入力すると、新しいものに替わります。
        </p>
        <FieldRow>
          <TextField name="month" label="診療年月（2026-11）" required width={8} />
          <SelectField
            name="source"
            label="入力のもと"
            required
            empty="選んでください"
            options={choicesOf(sheetSources)}
          />
        </FieldRow>
        {Array.from({ length: formRows }, (_, at) => (
          <fieldset key={at} class="claim-line sheet-line" aria-label={`${at + 1}行目`}>
            <span aria-hidden="true">{at + 1}</span>
            <FieldRow>
              <TextField name={`day-${at}`} label="日" inputMode="numeric" width={4} />
              <TextField
                name={`institution-${at}`}
                label="指定医療機関（名称かコード）"
                width={20}
              />
              <TextField
                name={`total-${at}`}
                label="医療費総額（円）"
                inputMode="numeric"
                width={8}
              />
              <TextField
                name={`share-${at}`}
                label="自己負担額（円）"
                inputMode="numeric"
                width={8}
              />
              <TextField
                name={`running-${at}`}
                label="累積額（円）"
                inputMode="numeric"
                width={8}
              />
            </FieldRow>
          </fieldset>
        ))}
        <Actions>
          <Button>登録する</Button>
        </Actions>
      </Form>
    </Panel>
  );
}
