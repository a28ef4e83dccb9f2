import {
  type ClaimKind,
  type ClaimRowItem,
  claimRowItems,
  correctRow,
  dropRow,
  getClaimFile,
  getRow,
  openRow,
  type RawRow,
  settings,
} from "#src/platform/claims/index.ts";
import { notFound, type Problem } from "#src/platform/problem.ts";
import { dropReasons } from "#workflows/claims/file-row.ts";
import { claimCares } from "#workflows/claims/receipt.ts";
import { exclusions } from "#workflows/medical/bills.ts";
import { insurerGroups } from "#workflows/medical/copay-plan.ts";
import { highCostCategories } from "#workflows/medical/high-cost.ts";
import { ProblemNote, problemOf } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  choicesOf,
  FieldGroup,
  FieldRow,
  Form,
  Notification,
  PageTitle,
  Panel,
  SelectField,
  TextField,
} from "../components/index.ts";
import { page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import type { Values } from "../values.ts";
import { fileGuard } from "./file-list.tsx";
import { faultInWords } from "./file-page.tsx";
import { claimPaths } from "./words.ts";

/** What each item with values of ours is chosen from. */
const choices: Readonly<Partial<Record<ClaimRowItem, Readonly<Record<string, string>>>>> = {
  care: claimCares,
  tenths: { 7: "3割", 8: "2割", 9: "1割", 0: "10割" },
  why: settings,
  exclusion: exclusions,
  insurerGroup: insurerGroups,
  category: Object.fromEntries(
    Object.entries(highCostCategories).map(([code, title]) => [
      code,
      title.replace("Ⅲ", "3").replace("Ⅱ", "2").replace("Ⅰ", "1"),
    ]),
  ),
};

const groups: readonly { title: string; items: readonly ClaimRowItem[] }[] = [
  { title: "受診した方", items: ["recipient", "birth", "receivedOn"] },
  {
    title: "領収書",
    items: ["month", "day", "paidOn", "institution", "institutionName", "care", "why", "exclusion"],
  },
  {
    title: "額",
    items: ["points", "tenths", "times", "paid", "meals", "mealDays"],
  },
  {
    title: "戻った額と処方",
    items: ["reimbursed", "highCost", "additional", "other", "prescriber", "prescriberName"],
  },
  { title: "保険と備考", items: ["insurerGroup", "category", "remark"] },
  {
    title: "提出された書類",
    items: [
      "document-receipt",
      "document-certificate",
      "document-insurer-decision",
      "document-doctor",
    ],
  },
];

/** A row at fault: what it says, what is wrong with it; corrected and taken again, or given up. */
export function fileRowScreens(kind: ClaimKind): AnyRoute[] {
  const { program } = kind;
  const paths = claimPaths(program);
  const shared = {
    ...fileGuard(kind),
    path: `/${program}/claims/files/:file/rows/:line` as const,
  };
  return [
    defineRoute({
      ...shared,
      method: "get",
      audit: "claims-file.row-opened",
      handle: (request) => rowPage(kind, request, request.params),
    }),
    defineRoute({
      ...shared,
      method: "post",
      audit: "claims-file.row-settled",
      async handle(request) {
        const { params, form, work } = request;
        const [fileId, line] = [params.file, lineOf(params.line)];
        try {
          if (form.text("go") === "drop") {
            const reason = form.choice(
              "reason",
              Object.keys(dropReasons) as (keyof typeof dropReasons)[],
            );
            if (!reason)
              return rowPage(kind, request, params, {
                form,
                errors: { reason: "取りやめる理由を選んでください。" },
              });
            await work((unit) => dropRow(unit, { fileId, line, reason }));
            return redirect(paths.file(fileId), `${line}行目を取りやめました。`);
          }
          const raw: RawRow = Object.fromEntries(
            (Object.keys(claimRowItems) as ClaimRowItem[]).flatMap((item) => {
              const text = form.text(item).slice(0, 200);
              return text === "" ? [] : [[item, text]];
            }),
          );
          await work((unit) => correctRow(unit, kind, { fileId, line, raw }));
          return redirect(paths.file(fileId), `${line}行目を直しました。取り込み直します。`);
        } catch (error) {
          return rowPage(kind, request, params, { form, problem: problemOf(error) });
        }
      },
    }),
  ];
}

function lineOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw notFound("この行は見つかりません。");
  return Number(text);
}

async function rowPage(
  kind: ClaimKind,
  { work }: Pick<ScreenRequest, "work">,
  params: { file: string; line: string },
  sent: { form?: Values; errors?: Record<string, string>; problem?: Problem } = {},
): Promise<Reply> {
  const paths = claimPaths(kind.program);
  const line = lineOf(params.line);
  const { file, row, raw, unreadable } = await work(async (unit) => {
    const found = await getClaimFile(unit, kind, params.file);
    const listed = await getRow(unit, found.id, line);
    if (listed.state !== "faulty") return { file: found, row: listed, raw: {}, unreadable: false };
    const opened = await openRow(unit, { sealed_id: listed.sealedId, place: listed.place });
    return {
      file: found,
      row: listed,
      raw: opened.raw,
      unreadable: opened.unreadable === true,
    };
  });
  const open = row.state === "faulty";
  const atFields = Object.fromEntries(
    row.faults.flatMap((fault) =>
      fault.item === "row" ? [] : [[fault.item, faultInWords(fault)]],
    ),
  );
  const heading = `支給申請のファイル ${file.name} ${line}行目`;
  return page({
    title: heading,
    status: sent.problem?.status ?? (sent.errors ? 422 : 200),
    breadcrumb: [
      { title: "支給申請のファイル", path: paths.files as `/${string}` },
      { title: file.name, path: paths.file(file.id) },
      { title: `${line}行目` },
    ],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        {sent.problem && <ProblemNote problem={sent.problem} />}
        {!open && (
          <Notification tone="info" title="この行は、もう処理されています。">
            <a href={paths.file(file.id)}>ファイルに戻る</a>
          </Notification>
        )}
        {open && (
          <>
            {row.faults
              .filter(({ item }) => item === "row")
              .map((fault) => (
                <Notification key={fault.code} tone="error" title={faultInWords(fault)}>
                  {unreadable
                    ? "行の内容は項目に分けられないため、表示できません。元のデータを見て入力するか、取りやめてください。"
                    : "別の領収書であるときは、備考に違いを書いて取り込み直してください。"}
                </Notification>
              ))}
            <Panel title="行の内容">
              <Form
                action={paths.row(file.id, line)}
                values={sent.form}
                errors={sent.form ? sent.errors : atFields}
                focusFirst
              >
                {groups.map(({ title, items }) => (
                  <FieldGroup key={title} title={title}>
                    <FieldRow>
                      {items.map((item) => (
                        <RowField key={item} item={item} value={raw[item] ?? ""} />
                      ))}
                    </FieldRow>
                  </FieldGroup>
                ))}
                <Actions>
                  <Button>直して取り込む</Button>
                  <ButtonLink href={paths.file(file.id)}>戻る</ButtonLink>
                </Actions>
              </Form>
            </Panel>
            <Panel title="この行を取りやめる">
              <Form
                action={paths.row(file.id, line)}
                values={sent.form}
                errors={sent.errors}
                keys="search"
              >
                <input type="hidden" name="go" value="drop" />
                <SelectField
                  name="reason"
                  label="取りやめる理由"
                  required
                  empty="選択"
                  options={choicesOf(dropReasons)}
                />
                <Actions>
                  <Button look="danger" confirm="この行を取りやめます。よろしいですか。">
                    取りやめる
                  </Button>
                </Actions>
              </Form>
            </Panel>
          </>
        )}
      </>
    ),
  });
}

function RowField({ item, value }: { item: ClaimRowItem; value: string }) {
  const { title } = claimRowItems[item];
  const known = item.startsWith("document-") ? { "1": "あり" } : choices[item];
  if (!known) return <TextField name={item} label={title} width={12} value={value} />;
  return (
    <SelectField
      name={item}
      label={title}
      empty={item.startsWith("document-") || item === "exclusion" ? "なし" : "未入力"}
      options={choicesOf(known)}
      value={value in known ? value : ""}
    />
  );
}
