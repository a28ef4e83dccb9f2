import { problemOf, sentWith } from "#src/web/cases/sent.tsx";
import { readMonth, showMonth } from "#src/web/claims/receipt-fields.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  type FieldErrors,
  FieldGroup,
  FieldRow,
  FileField,
  Form,
  NamedField,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { type ContractKind, contractKinds } from "#workflows/vaccination/contract-prices.ts";
import {
  clinicClaimNumber,
  getClinicClaim,
  linesOfClinicClaim,
} from "../../clinic-claims/claims.ts";
import { claimFileHeadings, takeClaimFile } from "../../clinic-claims/file.ts";
import { changeLines, openClinicClaim, type TypedLine } from "../../clinic-claims/open.ts";
import { clinicPaths } from "../clinics/paths.ts";
import { vaccineChoices } from "../records/parts.tsx";
import { atRows, filledRows, rowsOf } from "../request-letters/rows.ts";
import { guard, monthClaimedNow, outcomeTitles } from "./parts.tsx";
import { clinicClaimPaths as paths } from "./paths.ts";

const shape = { atFirst: 10, more: 10, most: 500 };
const list = { letter: "l", fields: ["vaccine", "count", "amount"] } as const;
const entering = { ...guard, right: "case.enter" } as const;

/** Entry of a claim by keyboard or from a file, and its lines anew. */
export const clinicClaimEntryScreens: readonly AnyRoute[] = [
  defineRoute({
    ...entering,
    method: "get",
    path: paths.fresh,
    audit: "nothing-personal",
    because: "an empty form",
    handle: async (request) => entryPage(request, {}),
  }),
  defineRoute({
    ...entering,
    method: "post",
    path: paths.fresh,
    audit: "clinic-claim.open-asked",
    async handle(request) {
      const { form, work } = request;
      if (form.text("go") === "more") return entryPage(request, { form });
      const rows = filledRows(form, rowsOf(form, 0, shape), list);
      try {
        const id = await work((unit) =>
          openClinicClaim(unit, {
            claimant: form.text("claimant"),
            month: readMonth(form.text("month")) ?? "",
            kind: form.choice("kind", Object.keys(contractKinds) as ContractKind[]),
            receivedOn: readDate(form.text("receivedOn")),
            lines: rows.map((row) => lineOf(form, row)),
          }),
        );
        return redirect(paths.claim(id), "請求を受け付けました。次に、予診票と突合してください。");
      } catch (error) {
        const sent = sentWith("open", form, error);
        return entryPage(request, {
          form,
          errors: ofLines(sent.errors as Record<string, string>, rows),
          problem: sent.problem && problemOf(error),
        });
      }
    },
  }),
  defineRoute({
    ...entering,
    method: "get",
    path: `${paths.list}/:claim/lines` as const,
    audit: "nothing-personal",
    because: "lines of a claim are figures, nobody's data",
    handle: (request) => linesPage(request, {}),
  }),
  defineRoute({
    ...entering,
    method: "post",
    path: `${paths.list}/:claim/lines` as const,
    audit: "clinic-claim.lines-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.claim);
      if (form.text("go") === "more") return linesPage(request, { form });
      const rows = filledRows(form, rowsOf(form, 0, shape), list);
      try {
        await work((unit) =>
          changeLines(unit, {
            id,
            seen: form.integer("revision") ?? 0,
            lines: rows.map((row) => lineOf(form, row)),
          }),
        );
        return redirect(paths.claim(id), "請求の内容を直しました。もう一度突合してください。");
      } catch (error) {
        const sent = sentWith("lines", form, error);
        return linesPage(request, {
          form,
          errors: ofLines(sent.errors as Record<string, string>, rows),
          problem: sent.problem && problemOf(error),
        });
      }
    },
  }),
  defineRoute({
    ...entering,
    method: "get",
    path: paths.file,
    audit: "nothing-personal",
    because: "an empty form",
    handle: async (request) => filePage(request, {}),
  }),
  defineRoute({
    ...entering,
    method: "post",
    path: paths.file,
    takesFiles: "5mb",
    audit: "clinic-claim.file-sent",
    async handle(request) {
      const { form, work } = request;
      const file = form.file("file");
      const receivedOn = readDate(form.text("receivedOn"));
      const errors: Record<string, string> = {};
      if (!receivedOn) errors.receivedOn = "受付日を入力してください。例: R8.11.20";
      if (!file || file.size === 0) errors.file = "ファイルを選んでください。";
      if (!file || !receivedOn || Object.keys(errors).length > 0)
        return filePage(request, { form, errors });
      const bytes = new Uint8Array(await file.arrayBuffer());
      const taken = await takeClaimFile((run) => work(run), bytes, receivedOn);
      if (taken.faults.length === 0)
        return redirect(
          paths.list,
          `請求${taken.opened.length.toLocaleString("ja-JP")}件を受け付けました。`,
        );
      return filePage(request, { form, taken });
    },
  }),
];

interface Given {
  form?: Values;
  errors?: FieldErrors;
  problem?: ReturnType<typeof problemOf> | undefined;
}

/** Mistakes at their fields; those of a line say which it is. */
const ofLines = (errors: Readonly<Record<string, string>>, rows: readonly number[]): FieldErrors =>
  Object.fromEntries(
    Object.entries(atRows(errors, { list: "lines", letter: "l", rows })).map(([name, message]) => {
      const row = /^l(\d+)\./.exec(name)?.[1];
      return [name, row === undefined ? message : `${row}行目: ${message}`];
    }),
  );

const lineOf = (form: Values, row: number): TypedLine => {
  const name = (field: string) => `l${row}.${field}`;
  return {
    vaccine: form.text(name("vaccine")),
    dose: form.integer(name("dose")),
    product: form.text(name("product")),
    outcome: form.choice(name("outcome"), ["given", "screened"]) ?? "given",
    count: form.integer(name("count")),
    amount: form.integer(name("amount")),
  } as TypedLine;
};

function LineFields({ rows, known }: { rows: number; known: readonly TypedLine[] }) {
  return (
    <FieldGroup title="請求の内容">
      <input type="hidden" name="rows" value={rows} />
      {Array.from({ length: rows }, (_, index) => {
        const name = (field: string) => `l${index + 1}.${field}`;
        const line = known[index] ?? {};
        return (
          <fieldset key={index} class="claim-line" aria-label={`${index + 1}行目`}>
            <span aria-hidden="true">{index + 1}</span>
            <FieldRow>
              <SelectField
                name={name("vaccine")}
                label="予防接種"
                empty="なし"
                options={vaccineChoices}
                value={line.vaccine ?? ""}
              />
              <NumberField
                name={name("dose")}
                label="何回目"
                width={4}
                value={line.dose?.toString() ?? ""}
              />
              <TextField name={name("product")} label="製品" width={12} value={line.product} />
              <SelectField
                name={name("outcome")}
                label="区分"
                options={choicesOf(outcomeTitles)}
                value={line.outcome ?? "given"}
              />
              <NumberField
                name={name("count")}
                label="件数"
                width={8}
                value={line.count?.toString() ?? ""}
              />
              <NumberField
                name={name("amount")}
                label="請求額（円）"
                width={12}
                value={line.amount?.toString() ?? ""}
              />
            </FieldRow>
          </fieldset>
        );
      })}
    </FieldGroup>
  );
}

/** What the lines come to, to be held against the foot of the paper. */
const Totals = () => (
  <p hidden>
    件数の合計 <strong data-sum="count" />
    件　請求額の合計 <strong data-sum="amount" />円
  </p>
);

const MoreRows = () => (
  <Button look="secondary" name="go" value="more">
    行を増やす
  </Button>
);

function entryPage({ platform }: Pick<ScreenRequest, "platform">, given: Given): Reply {
  const today = platform.clock.today();
  return page({
    title: "予防接種 委託料の請求の入力",
    breadcrumb: [{ title: "委託料の請求", path: paths.list }, { title: "入力" }],
    status: given.problem?.status ?? (given.errors ? 422 : 200),
    content: (
      <>
        <PageTitle>請求を入力する</PageTitle>
        {given.problem && <Refused problem={given.problem} />}
        <Form
          action={paths.fresh}
          values={given.form}
          errors={given.errors ?? {}}
          keep="clinic-claim"
          class="form stacked"
          focusFirst
        >
          <FieldGroup title="請求書">
            <FieldRow>
              <NamedField
                name="claimant"
                label="請求者"
                required
                asks={clinicPaths.named}
                hint="医療機関コード10桁、または取りまとめ団体の番号（D0001など）"
              />
              <TextField
                name="month"
                label="請求月"
                required
                width={8}
                value={showMonth(monthClaimedNow(today))}
              />
              <SelectField
                name="kind"
                label="契約"
                required
                value="individual"
                options={choicesOf(contractKinds)}
              />
              <DateField name="receivedOn" label="受付日" required value={showDateShort(today)} />
            </FieldRow>
          </FieldGroup>
          <LineFields rows={rowsOf(given.form, 0, shape)} known={[]} />
          <Totals />
          <Actions>
            <Button shortcut="Ctrl+Enter">受け付ける</Button>
            <MoreRows />
          </Actions>
        </Form>
      </>
    ),
  });
}

async function linesPage(
  request: ScreenRequest<`${string}:claim${string}`>,
  given: Given,
): Promise<Reply> {
  const { work, params } = request;
  const id = idOf((params as { claim: string }).claim);
  const { row, lines } = await work(async (unit) => ({
    row: await getClinicClaim(unit, id),
    lines: await linesOfClinicClaim(unit, id),
  }));
  const number = clinicClaimNumber(row);
  return page({
    title: `予防接種 委託料の請求 ${number} 内容を直す`,
    breadcrumb: [
      { title: "委託料の請求", path: paths.list },
      { title: number, path: paths.claim(id) },
      { title: "内容を直す" },
    ],
    status: given.problem?.status ?? (given.errors ? 422 : 200),
    content: (
      <>
        <PageTitle>請求の内容を直す {number}</PageTitle>
        {given.problem && <Refused problem={given.problem} />}
        <Form
          action={`${paths.claim(id)}/lines`}
          class="form stacked"
          values={given.form}
          errors={given.errors ?? {}}
        >
          <input type="hidden" name="revision" value={row.revision} />
          <LineFields rows={rowsOf(given.form, lines.length, shape)} known={lines} />
          <Totals />
          <Actions>
            <Button shortcut="Ctrl+Enter">保存する</Button>
            <MoreRows />
          </Actions>
        </Form>
      </>
    ),
  });
}

const Refused = ({ problem }: { problem: NonNullable<Given["problem"]> }) => (
  <Panel title={problem.message}>
    <ul>
      {problem.details.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </Panel>
);

function filePage(
  { platform }: Pick<ScreenRequest, "platform">,
  given: Given & { taken?: Awaited<ReturnType<typeof takeClaimFile>> },
): Reply {
  const { taken } = given;
  return page({
    title: "予防接種 委託料の請求のファイル",
    breadcrumb: [{ title: "委託料の請求", path: paths.list }, { title: "ファイルから取り込む" }],
    status: given.errors || taken ? 422 : 200,
    content: (
      <>
        <PageTitle>請求をファイルから取り込む</PageTitle>
        {taken && (
          <Panel
            title={`受け付けた請求 ${taken.opened.length}件、取り込めない行 ${taken.faults.length}件`}
          >
            <p>
              誤りのある行を含む請求は、請求全体を取り込んでいません。直してから、もう一度取り込んでください。受け付けた請求は、二重には取り込まれません。
            </p>
            <Table
              caption="取り込めない行"
              columns={[
                { title: "行", cell: ({ record }) => record, align: "end", nowrap: true },
                { title: "項目", cell: ({ field }) => field, nowrap: true },
                { title: "理由", cell: ({ reason }) => reason },
              ]}
              rows={taken.faults.slice(0, 200)}
            />
          </Panel>
        )}
        <Panel title="ファイル">
          <p>
            CSV（文字コードはユニコード又はシフトジス）。1行目は見出しで、列の順は問いません:{" "}
            {claimFileHeadings.join("、")}。製品の列はなくてもかまいません。
          </p>
          <Form
            action={paths.file}
            files
            values={given.form}
            errors={given.errors ?? {}}
            class="form stacked"
          >
            <FileField name="file" label="ファイル" required accept=".csv,text/csv" />
            <DateField
              name="receivedOn"
              label="受付日"
              required
              value={showDateShort(platform.clock.today())}
            />
            <Actions>
              <Button>取り込む</Button>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}
