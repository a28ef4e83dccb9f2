import type { ComponentChildren } from "preact";
import {
  type FormSetting,
  type SettingDecision,
  settingState,
} from "#src/platform/printing/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, DefinitionList, Table, type Tone } from "../../components/index.ts";
import { showDate, showDateShort, showMoment } from "../../dates.ts";
import { paths } from "./words.ts";

/** An image as it is printed. */
export function Picture({ png, label }: { png: Uint8Array | null; label: string }) {
  if (!png) return <>なし</>;
  const source = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  return <img class="setting-image" src={source} alt={label} />;
}

/** A colour with its number. */
export function Colour({ value }: { value: string }) {
  return (
    <span class="colour-sample">
      <svg width="32" height="16" aria-hidden="true">
        <rect width="32" height="16" fill={value} />
      </svg>
      {value}
    </span>
  );
}

/** A text with its lines. */
export const Lines = ({ children }: { children: ComponentChildren }) => (
  <span class="own-lines">{children}</span>
);

const tones: Record<SettingDecision | "waiting", Tone | "neutral"> = {
  waiting: "info",
  approved: "success",
  remanded: "warning",
  retracted: "neutral",
};

/** 承認待ち, 承認, 差戻し or 取下げ. */
export const DecisionBadge = ({ decision }: Pick<FormSetting, "decision">) => (
  <Badge tone={tones[decision ?? "waiting"]}>{settingState(decision)}</Badge>
);

/** From when a proposal holds, who made it and who decided it. */
export const SettingFacts = ({ setting }: { setting: FormSetting }) => (
  <DefinitionList
    columns={3}
    items={[
      ["適用開始日", showDate(setting.validFrom as IsoDate)],
      ["起案", `${setting.preparerName} ${showMoment(setting.preparedAt)}`],
      [
        setting.decision ? settingState(setting.decision) : "決定",
        setting.decidedAt ? `${setting.deciderName} ${showMoment(setting.decidedAt)}` : "まだです",
      ],
      ...(setting.reason ? [["差戻しの理由", <Lines>{setting.reason}</Lines>] as const] : []),
    ]}
  />
);

/** Every proposal of a 事務, newest first. */
export const SettingHistory = (props: {
  settings: readonly FormSetting[];
  inForce: number | null;
}) => (
  <Table
    caption="設定の履歴"
    columns={[
      { title: "番号", cell: ({ id }: FormSetting) => `第${id}号`, nowrap: true },
      {
        title: "適用開始日",
        cell: ({ validFrom }) => showDateShort(validFrom as IsoDate),
        nowrap: true,
      },
      {
        title: "状態",
        cell: (setting) =>
          setting.id === props.inForce ? (
            <Badge tone="success">いまの設定</Badge>
          ) : (
            <DecisionBadge decision={setting.decision} />
          ),
        nowrap: true,
      },
      { title: "起案", cell: (row) => `${row.preparerName} ${showMoment(row.preparedAt)}` },
      {
        title: "決定",
        cell: ({ deciderName, decidedAt, reason }) => (
          <>
            {decidedAt ? `${deciderName} ${showMoment(decidedAt)}` : "―"}
            {reason && (
              <>
                <br />
                理由: <Lines>{reason}</Lines>
              </>
            )}
          </>
        ),
      },
    ]}
    rows={props.settings}
    href={({ id }) => paths.proposal(id)}
    tone={({ id, decision }) =>
      id === props.inForce
        ? "current"
        : decision === "remanded" || decision === "retracted"
          ? "muted"
          : undefined
    }
    empty="まだ設定されていません。プログラムに付属の文言で印字しています。"
  />
);
