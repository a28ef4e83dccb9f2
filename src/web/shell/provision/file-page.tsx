import { holds } from "#src/platform/access/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  decideFile,
  encryptedFor,
  type FilePerson,
  fileObstacle,
  fileRefusalTitles,
  fileStateTitles,
  getFile,
  type ProvidedTable,
  type ProvisionFile,
  peopleOfFile,
  previewFile,
  releaseInFile,
  takeFile,
} from "#src/platform/provision/index.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import {
  Actions,
  Badge,
  Button,
  DefinitionList,
  DisabledAction,
  type FieldErrors,
  Form,
  NumberField,
  PageTitle,
  Panel,
  ReasonField,
  Table,
} from "../../components/index.ts";
import { showDate, showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { download, page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramTitles } from "../staff/duty-words.tsx";
import { fileTones } from "./file-tones.ts";
import { itemsInWords, wayTitles } from "./parts.tsx";

const crumb = { title: "提供ファイル", path: "/provision-files" } as const;
/** Lines that are shown of what waits; the file itself has them all. */
const shownLines = 50;
const shownPeople = 200;

/** The page of a file: what it holds, who is withheld, its approval, and taking it. */
export const filePageScreens = (programs: ProgramTitles) => [
  defineRoute({
    right: "provision.read",
    purpose: "inquiry",
    method: "get",
    path: "/provision-files/:number",
    audit: "provision-file.opened",
    handle: (request) => filePage(request, programs, {}),
  }),
  defineRoute({
    right: "provision.release",
    purpose: "approval",
    method: "post",
    path: "/provision-files/:number/decision",
    audit: "provision-file.decision-sent",
    async handle(request) {
      const { form, params, work } = request;
      const id = numberOf(params.number);
      const how = form.pressed(["approved", "refused"]);
      try {
        await work((unit) => decideFile(unit, id, how, form.text("reason")));
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return filePage(request, programs, error.errors);
      }
      return redirect(
        `/provision-files/${id}`,
        how === "approved" ? "承認しました。取り出せます。" : "拒否しました。",
      );
    },
  }),
  defineRoute({
    right: "provision.release",
    purpose: "approval",
    method: "post",
    path: "/provision-files/:number/release",
    audit: "provision-file.release-sent",
    async handle(request) {
      const { form, params, work } = request;
      const id = numberOf(params.number);
      const person = form.text("person").normalize("NFKC");
      try {
        if (!isPersonNumber(person))
          throw new EntryProblem("person", "統合宛名番号を正しく入力してください。");
        await work((unit) => releaseInFile(unit, id, person, form.text("releaseReason")));
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        const field = error.field === "reason" ? "releaseReason" : error.field;
        return filePage(request, programs, { [field]: error.message });
      }
      return redirect(`/provision-files/${id}`, "この方を提供ファイルに入れました。");
    },
  }),
  defineRoute({
    right: "provision.request",
    purpose: "inquiry",
    method: "post",
    path: "/provision-files/:number/take",
    audit: "provision-file.handed-out",
    async handle({ params, work, platform, actor }) {
      const id = numberOf(params.number);
      const { one, table } = await work(async (unit) => ({
        one: await getFile(unit, id),
        table: await takeFile(unit, id),
      }));
      if (one.publicKey)
        return download(
          `provision-file-${id}.csv.age`,
          "application/octet-stream",
          await encryptedFor(one.publicKey, table.csv),
        );
      const title = `提供票 第${id}号`;
      return page({
        title,
        breadcrumb: [crumb, { title }],
        content: (
          <>
            <PageTitle>{title}</PageTitle>
            <p class="lead">
              提供先 {one.recipient}（{one.work}）　根拠 {one.legalBasis}　{showDate(one.from)}から
              {showDate(one.to)}まで　{table.rows.length}行　
              {showMoment(platform.clock.now())}　{actor.staffName}
              。この画面を印刷して渡してください。もう一度は取り出せません。
            </p>
            <Lines table={table} all />
          </>
        ),
      });
    },
  }),
];

async function filePage(
  { params, work, actor, form }: ScreenRequest<"/provision-files/:number">,
  programs: ProgramTitles,
  errors: FieldErrors,
) {
  const { one, obstacle, people, table } = await work(async (unit) => {
    const one = await getFile(unit, numberOf(params.number));
    const open = one.state === "waiting" || one.state === "approved";
    const sees = one.askedBy === actor.staffId || holds(actor, "provision.release");
    return {
      one,
      obstacle: fileObstacle(unit, one),
      people: await peopleOfFile(unit, one.id, { from: 0, size: shownPeople }),
      table: open && sees ? await previewFile(unit, one.id) : undefined,
    };
  });
  const heading = `提供ファイル 第${one.id}号`;
  const decides = one.state === "waiting" && holds(actor, "provision.release");
  const values = form.names().length > 0 ? form : undefined;
  return page({
    title: heading,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    breadcrumb: [crumb, { title: heading }],
    content: (
      <>
        <PageTitle badge={<Badge tone={fileTones[one.state]}>{fileStateTitles[one.state]}</Badge>}>
          {heading}
        </PageTitle>
        <Panel title="内容">
          <Contents one={one} people={people} programs={programs} />
        </Panel>
        {table && (
          <Panel
            title={`提供する内容 ${table.rows.length.toLocaleString("ja-JP")}行${table.rows.length > shownLines ? `（はじめの${shownLines}行）` : ""}`}
          >
            <Lines table={table} />
          </Panel>
        )}
        {decides && obstacle && (
          <DisabledAction reasons={[obstacle]}>承認する・拒否する</DisabledAction>
        )}
        {decides && !obstacle && people.withheld > 0 && (
          <Panel title="自動応答不可・支援措置の方を入れる">
            <Form
              action={`/provision-files/${one.id}/release`}
              values={errors.person || errors.releaseReason ? values : undefined}
              errors={errors}
            >
              <NumberField name="person" label="統合宛名番号" required check="person-number" />
              <ReasonField
                name="releaseReason"
                label="理由（個人の情報は書かない）"
                required
                rows={2}
              />
              <Actions>
                <Button look="secondary">この方を入れる</Button>
              </Actions>
            </Form>
          </Panel>
        )}
        {decides && !obstacle && (
          <Panel title="承認">
            <Form
              action={`/provision-files/${one.id}/decision`}
              values={errors.reason ? values : undefined}
              errors={errors}
            >
              <ReasonField name="reason" label="拒否の理由（個人の情報は書かない）" rows={2} />
              <Actions>
                <Button name="event" value="approved">
                  承認する
                </Button>
                <Button
                  name="event"
                  value="refused"
                  look="danger"
                  confirm="この提供を拒否します。よろしいですか。"
                >
                  拒否する
                </Button>
              </Actions>
            </Form>
          </Panel>
        )}
        {one.state === "approved" && table && holds(actor, "provision.request") && (
          <Form action={`/provision-files/${one.id}/take`}>
            <Actions>
              <Button>{one.publicKey ? "取り出す（一度だけ）" : "提供票を作る（一度だけ）"}</Button>
            </Actions>
          </Form>
        )}
        {people.rows.length > 0 && (
          <Panel
            title={`載る方・載せない方${people.given + people.withheld > shownPeople ? `（はじめの${shownPeople}人）` : ""}`}
          >
            <Table
              caption="提供ファイルの対象者"
              rows={people.rows}
              columns={[
                { title: "宛名番号", cell: ({ personNumber }: FilePerson) => personNumber },
                {
                  title: "扱い",
                  cell: ({ outcome }) =>
                    outcome === "given" ? "載せる" : "載せない（自動応答不可・支援措置）",
                },
                { title: "解除の理由", cell: ({ releaseReason }) => releaseReason ?? "―" },
              ]}
            />
          </Panel>
        )}
      </>
    ),
  });
}

function Contents(props: {
  one: ProvisionFile;
  people: { given: number; withheld: number };
  programs: ProgramTitles;
}) {
  const { one, people, programs } = props;
  const titleOf = (program: string | null) => programs.get(program ?? "") ?? "";
  const by = (who: string | null, at: Date | null) =>
    who && at ? `${who}（${showMoment(at)}）` : "―";
  return (
    <DefinitionList
      columns={2}
      items={[
        ["提供先", `${one.recipient}（${one.work}）`],
        ["法令上の根拠", one.legalBasis],
        ["期間", `${showDate(one.from)}から${showDate(one.to)}まで`],
        ["資格情報", titleOf(one.program)],
        [
          "対象となる本人の範囲",
          one.applicantsOf
            ? `期間内に${titleOf(one.applicantsOf)}を申請した世帯`
            : `依頼のあった${one.asked ?? 0}人の世帯`,
        ],
        ["項目", itemsInWords(one.items)],
        ["方法", wayTitles[one.way]],
        ["載せる方・載せない方", `${people.given}人・${people.withheld}人`],
        ["準備", by(one.asker, one.askedAt)],
        ["承認・拒否", by(one.decider, one.decidedAt)],
        ...(one.refusal ? [["拒否", fileRefusalTitles[one.refusal]] as const] : []),
        ["理由", one.decisionReason ?? "―"],
        ["提供", by(one.taker, one.takenAt)],
        ...(one.sha256
          ? [
              ["行数", `${one.lines?.toLocaleString("ja-JP")}行`] as const,
              ["SHA-256（暗号化の前）", <code class="digest">{one.sha256}</code>] as const,
            ]
          : []),
      ]}
    />
  );
}

const Lines = ({ table, all }: { table: ProvidedTable; all?: true }) => (
  <Table
    caption="提供する内容"
    rows={all ? table.rows : table.rows.slice(0, shownLines)}
    columns={table.columns.map((title, at) => ({
      title,
      cell: (row: readonly string[]) => row[at] || "―",
    }))}
    empty="載せる方はいません。"
  />
);
