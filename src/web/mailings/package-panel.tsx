import { type Actor, holds } from "#src/platform/access/actor.ts";
import {
  mailingKind,
  packageStream,
  type RunDetails,
  runIdOf,
  takeOutPackage,
} from "#src/platform/mailings/index.ts";
import {
  ButtonLink,
  DefinitionList,
  Disclosure,
  Notification,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import { download } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figure } from "./parts.tsx";
import type { MailingPaths, Mailings } from "./set.ts";

const size = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Files of a run, where to take the package out, and its line in the 授受簿. */
export function PackagePanel(props: { paths: MailingPaths; details: RunDetails; actor: Actor }) {
  const { paths, details, actor } = props;
  const { run, files, handOver } = details;
  const { title, number } = mailingKind(run.kind);
  const fileTitles = {
    pdf: title,
    index: "目録",
    manifest: "送付書",
    package: "発送データ（暗号化）",
  } as const;
  const packed = files.find(({ kind }) => kind === "package");
  if (!packed) return null;
  const mayTakeOut =
    holds(actor, "mailing.download", { program: run.program }) &&
    !packed.erasedAt &&
    run.state !== "withdrawal-asked" &&
    run.state !== "withdrawn";
  return (
    <Panel
      title="発送データ"
      actions={
        mayTakeOut && (
          <ButtonLink href={`${paths.run(run.id)}/package`} look="primary" download>
            取り出す
          </ButtonLink>
        )
      }
    >
      <DefinitionList
        items={[
          ["ファイル", `${packed.name}（${size(packed.bytes)}）`],
          ["通数", `${figure(packed.pieces)} 通（${figure(packed.pages)} ページ）`],
          ...(run.bundling === "none"
            ? []
            : [["封筒", `${figure(packed.envelopes ?? packed.pieces)} 通`] as const]),
          [number.title, `${packed.firstNumber ?? "―"} から ${packed.lastNumber ?? "―"}`],
          ["SHA-256", <code class="digest">{packed.sha256}</code>],
          [
            "取り出せる期限",
            packed.erasedAt
              ? "消去済み"
              : run.state === "withdrawn"
                ? "取下げ（消去を待っています）"
                : showDate(run.downloadUntil as IsoDate | null),
          ],
        ]}
      />
      {handOver?.withdrawnOn && (
        <Notification tone="warning" title="取り下げた発送データです。">
          {showDate(handOver.withdrawnOn as IsoDate)}
          に取り下げました。委託先には渡していません。番号は無効です。
        </Notification>
      )}
      {handOver?.handedOn && (
        <DefinitionList
          items={[
            [
              "引渡し",
              `${showDateShort(handOver.handedOn as IsoDate)}（${handOver.manner === "medium" ? "媒体" : "ファイル転送"}）`,
            ],
            [
              "受領",
              handOver.receivedOn
                ? `${showDateShort(handOver.receivedOn as IsoDate)} ${handOver.receiptNumber}`
                : "―",
            ],
            [
              "消去報告",
              handOver.erasedOn
                ? `${showDateShort(handOver.erasedOn as IsoDate)} ${handOver.erasureReport}`
                : "―",
            ],
          ]}
        />
      )}
      <Disclosure title={`中のファイル ${files.length - 1}件`}>
        <Table
          caption="発送データの中のファイル"
          columns={[
            { title: "ファイル", cell: ({ name }) => name },
            { title: "種類", cell: ({ kind }) => fileTitles[kind], nowrap: true },
            { title: "通数", cell: ({ pieces }) => figure(pieces), align: "end", nowrap: true },
            { title: "ページ", cell: ({ pages }) => figure(pages), align: "end", nowrap: true },
            { title: "大きさ", cell: ({ bytes }) => size(bytes), align: "end", nowrap: true },
          ]}
          rows={files.filter(({ kind }) => kind !== "package")}
        />
      </Disclosure>
    </Panel>
  );
}

/** The encrypted package, for those who hand it over; each time is recorded. */
export const packageRoute = ({ program, paths }: Mailings) =>
  defineRoute({
    method: "get",
    path: `${paths.runs}/:run/package` as const,
    right: "mailing.download",
    program,
    purpose: "mailing",
    audit: "mailing.requested",
    async handle({ params, work }) {
      const { name, path } = await work((unit) => takeOutPackage(unit, runIdOf(params.run)));
      return download(name, "application/octet-stream", packageStream(path));
    },
  });
