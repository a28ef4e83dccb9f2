import {
  type Contractor,
  countUnsent,
  followedUp,
  isUnderContract,
  listContractors,
  listUnsent,
  mailingKind,
  type PieceName,
  reasonTitles,
  runIdOf,
  runNumber,
  sendUnsent,
  settleUnsent,
  waitsForRelease,
} from "#src/platform/mailings/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import {
  Actions,
  Badge,
  Button,
  Columns,
  DateField,
  FieldRow,
  Form,
  PageTitle,
  Pagination,
  Panel,
  RowChoice,
  Table,
  Tabs,
  TextArea,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { personOfPath, personPath } from "#src/web/person-path.ts";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { ContractorField, readPrinting } from "./contractor-field.tsx";
import { figure, rowsAPage } from "./parts.tsx";
import type { Mailings } from "./set.ts";

/** 見合わせた郵便物: what did not go with runs that are made, until it is sent with a small run or settled otherwise. */
export function unsentScreens(of: Mailings): AnyRoute[] {
  const { program, paths } = of;
  const common = { right: "mailing.prepare", program, purpose: "mailing" } as const;
  return [
    defineRoute({
      ...common,
      method: "get",
      path: paths.unsent,
      audit: "mailing.unsent-listed",
      handle: (request) => unsentPage(of, request),
    }),
    defineRoute({
      ...common,
      method: "post",
      path: `${paths.unsent}/send` as const,
      audit: "mailing.unsent-send-asked",
      async handle(request) {
        const { form, platform, work } = request;
        const pieces = piecesOf(platform, form);
        const errors: Record<string, string> = noneChosen(pieces);
        const order = readPrinting(form, errors, platform.clock.today());
        if (!order || Object.keys(errors).length > 0) return unsentPage(of, request, errors);
        const runs = await work((unit) => sendUnsent(unit, pieces, order));
        const [first] = runs;
        return first && runs.length === 1
          ? redirect(paths.run(first.id), "小さな一括発送の抽出を始めました。")
          : redirect(paths.runs, `${runs.length}回の小さな一括発送の抽出を始めました。`);
      },
    }),
    defineRoute({
      ...common,
      method: "post",
      path: `${paths.unsent}/settle` as const,
      audit: "mailing.unsent-settle-asked",
      async handle(request) {
        const { form, platform, work } = request;
        const pieces = piecesOf(platform, form);
        const errors: Record<string, string> = noneChosen(pieces);
        const reason = form.text("settled");
        const fault = reasonFault(reason, "どう済ませたか");
        if (fault) errors.settled = fault;
        if (Object.keys(errors).length > 0) return unsentPage(of, request, errors);
        await work((unit) => settleUnsent(unit, pieces, reason));
        return redirect(paths.unsent, `${pieces.length}件を済みにしました。`);
      },
    }),
  ];
}

const noneChosen = (pieces: readonly PieceName[]): Record<string, string> =>
  pieces.length > 0 ? {} : { "": "一覧から、扱うものを選んでください。" };

/** The chosen rows: run, person and subject, none of them readable in the page. */
function piecesOf(platform: Platform, form: Values): PieceName[] {
  return form.all("piece").map((one) => {
    const [run = "", person = "", ...subject] = one.split(" ");
    return {
      runId: runIdOf(run),
      personNumber: personOfPath(platform, person),
      subject: subject.join(" "),
    };
  });
}

const tokenOf = (platform: Platform, number: string) =>
  personPath(platform, number).split("/").at(-1) ?? "";

async function unsentPage(
  of: Mailings,
  { work, query, form, platform }: ScreenRequest,
  errors?: Record<string, string>,
) {
  const { title, paths } = of;
  const at = Math.max(1, query.integer("page") ?? 1);
  const reason = query.choice("reason", followedUp);
  const today = platform.clock.today();
  const { counts, rows, contractors } = await work(async (unit) => ({
    counts: await countUnsent(unit),
    rows: await listUnsent(unit, { reason, page: at, size: rowsAPage }),
    contractors: (await listContractors(unit)).filter((one) => isUnderContract(one, today)),
  }));
  const all = [...counts.values()].reduce((sum, pieces) => sum + pieces, 0);
  const total = reason ? (counts.get(reason) ?? 0) : all;
  const titles = reasonTitles({ reasons: {} });
  const listAt = (parts: Record<string, string>) =>
    `${paths.unsent}?${new URLSearchParams({ ...(reason && { reason }), ...parts })}`;
  type Row = (typeof rows)[number];
  return page({
    title: `${title} 見合わせた郵便物`,
    breadcrumb: [{ title: "一括発送", path: paths.runs }, { title: "見合わせた郵便物" }],
    status: errors ? 422 : 200,
    content: (
      <>
        <PageTitle>見合わせた郵便物</PageTitle>
        <Tabs
          label="理由"
          tabs={[
            { title: "すべて", count: all, href: paths.unsent, current: !reason },
            ...followedUp.map((code) => ({
              title: titles[code] ?? code,
              count: counts.get(code) ?? 0,
              href: `${paths.unsent}?reason=${code}`,
              current: reason === code,
            })),
          ]}
        />
        <Form
          action={`${paths.unsent}/send`}
          class="form stacked"
          values={errors ? form : undefined}
          errors={errors}
        >
          <Panel title={`${figure(total)}件`}>
            <Table
              caption="見合わせた郵便物"
              columns={[
                {
                  title: "選択",
                  cell: ({ item, run, person }: Row) => (
                    <RowChoice
                      name="piece"
                      value={`${item.runId} ${tokenOf(platform, item.personNumber)} ${item.subject}`}
                      label={`${person?.name?.kanji ?? ""} ${mailingKind(run.kind).subjectTitle(item.subject)} を選ぶ`}
                    />
                  ),
                  nowrap: true,
                },
                {
                  title: "氏名",
                  cell: ({ person, item }: Row) => (
                    <a href={personPath(platform, item.personNumber)}>
                      {person?.name?.kanji ?? "（見られません）"}
                    </a>
                  ),
                },
                {
                  title: "生年月日",
                  cell: ({ person }: Row) => showDateShort(person?.birthDate),
                  nowrap: true,
                },
                {
                  title: "内容",
                  cell: ({ item, run }: Row) =>
                    `${mailingKind(run.kind).title} ${mailingKind(run.kind).subjectTitle(item.subject)}`,
                },
                {
                  title: "理由",
                  cell: ({ item }: Row) =>
                    waitsForRelease(item.reason ?? "") ? (
                      <Badge tone="protected">{titles[item.reason ?? ""]}</Badge>
                    ) : (
                      titles[item.reason ?? ""]
                    ),
                  nowrap: true,
                },
                {
                  title: "一括発送",
                  cell: ({ run }: Row) => <a href={paths.run(run.id)}>{runNumber(run)}</a>,
                  nowrap: true,
                },
              ]}
              rows={rows}
              empty="見合わせたままの郵便物はありません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil(total / rowsAPage)}
              href={(next) => listAt({ page: String(next) })}
            />
          </Panel>
          {rows.length > 0 && <Ways of={of} contractors={contractors} />}
        </Form>
      </>
    ),
  });
}

/** The two ways in which what was chosen is dealt with. */
function Ways({ of, contractors }: { of: Mailings; contractors: readonly Contractor[] }) {
  return (
    <Columns wide="first">
      <Panel title="選んだものを、小さな一括発送で送る">
        <ContractorField contractors={contractors} />
        <FieldRow>
          <DateField name="printBy" label="印刷期限" required />
          <DateField name="sendOn" label="発送予定日" required />
        </FieldRow>
        <p>支援措置の方は、抽出の後に決裁者が一件ずつ解除します。</p>
        <Actions>
          <Button>対象者を抽出する</Button>
        </Actions>
      </Panel>
      <Panel title="選んだものを、ほかの方法で済ませた">
        <TextArea
          name="settled"
          label="どう済ませたか"
          required
          rows={2}
          hint="例: 窓口で本人に渡した。記録とともに保存されます。"
        />
        <Actions>
          <Button look="secondary" formAction={`${of.paths.unsent}/settle`}>
            済みにする
          </Button>
        </Actions>
      </Panel>
    </Columns>
  );
}
