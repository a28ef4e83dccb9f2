import type { FlowAction } from "#src/platform/flow.ts";
import {
  heldPartNames,
  heldParts,
  outcomes,
  refusalReasons,
  type SubjectRequest,
} from "#src/platform/oversight/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { choicesOf, type FieldErrors, SelectField } from "../../components/index.ts";
import type { Values } from "../../values.ts";
import { DatedStep } from "./case-parts.tsx";

/** What is to be written of a step. */
const labels: Readonly<Record<string, string>> = {
  extend: "延長の理由と、本人への通知",
  propose: "理由・内容（通知書に印刷されます）",
  remand: "調査に戻す理由",
};

/** A step of a request: the day, a few words; of a proposal how far it is granted, why not, and what is withheld. */
export function RequestStep(props: {
  one: SubjectRequest;
  action: FlowAction;
  path: string;
  today: IsoDate;
  values: Values | undefined;
  errors: FieldErrors;
}) {
  const { one, action } = props;
  const { type } = action;
  return (
    <DatedStep
      {...props}
      label={labels[type] ?? "内容（相手、方法、確認したことなど）"}
      final={["decide", "close", "withdraw"].includes(type)}
    >
      {type === "propose" && <ProposedFields kind={one.kind} />}
    </DatedStep>
  );
}

function ProposedFields({ kind }: Pick<SubjectRequest, "kind">) {
  return (
    <>
      <SelectField
        name="outcome"
        label="決定案"
        required
        empty="選んでください"
        options={choicesOf(outcomes)}
      />
      <SelectField
        name="reason"
        label="理由の区分（一部・しないとき）"
        empty="選んでください"
        options={choicesOf(refusalReasons)}
      />
      {kind === "disclosure" &&
        heldPartNames.map((part, index) => (
          <SelectField
            key={part}
            name={`withheld-${part}`}
            label={`${heldParts[part]}`}
            empty="開示する"
            options={choicesOf(refusalReasons)}
            {...(index === 0 && { hint: "一部を開示するとき、開示しない部分の理由を選びます。" })}
          />
        ))}
    </>
  );
}
