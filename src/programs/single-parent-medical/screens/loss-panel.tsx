import {
  type ChangeView,
  certificatesOfKind,
  neverHeld,
} from "#src/platform/applications/index.ts";
import { Panel, Table } from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Entered } from "../entered.ts";
import { singleParent } from "../index.ts";

/** What a loss does to each of the household, before anything is decided: the period as it will be, and what is to come back. */
export function LossPanel({ view }: { view: ChangeView<Entered> }) {
  const { change, entitlements, certificates, before } = view;
  const live = entitlements.filter(({ status }) => status === "granted" || status === "suspended");
  if (change.movement !== "lost" || live.length === 0) return null;
  const sorts = certificatesOfKind(singleParent);
  const nameOf = (number: string) =>
    before.people.find(({ personNumber }) => personNumber === number)?.name ??
    before.applicant.name;
  return (
    <Panel title={`この喪失で終わる資格 ${live.length}人`}>
      <Table
        caption="喪失の内容"
        rows={live}
        columns={[
          { title: "氏名", cell: ({ personNumber }) => nameOf(personNumber) },
          { title: "受給者番号", cell: ({ recipientNumber }) => recipientNumber, nowrap: true },
          {
            title: "喪失の後",
            cell: ({ validFrom }) =>
              neverHeld(change, validFrom)
                ? "はじめから資格なし（取消し）"
                : `${showDate(addDays(change.occursOn, -1))}まで`,
          },
          {
            title: "回収する証",
            cell: ({ id }) =>
              certificates
                .filter((one) => one.entitlementId === id && one.endedOn === null)
                .map(({ kind }) => sorts[kind]?.title ?? kind)
                .join("、") || "なし",
          },
        ]}
      />
      <p class="field-hint">
        決裁されると、証は失効し、「証の回収」の一覧に載ります。資格喪失通知書は世帯に1通です（返還の期限は、通知の日から
        {singleParent.letters.daysToReturn}日）。喪失の日（{showDate(change.occursOn as IsoDate)}
        ）以後の受診は、給付台帳で確かめてください。
      </p>
    </Panel>
  );
}
