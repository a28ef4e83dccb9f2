import { detailLines, type Person } from "#src/platform/people/index.ts";
import { type ReasonCode, reasonTitles } from "#src/platform/reasons.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { useSent } from "../../cases/sent.tsx";
import {
  Badge,
  Button,
  DefinitionList,
  Form,
  Panel,
  RadioGroup,
  ReasonField,
} from "../../components/index.ts";
import { showAge, showBirth, showDate } from "../../dates.ts";
import type { Values } from "../../values.ts";
import { addressLine, sexTitles } from "./describe.ts";

const reasons = ["identify", "telephone", "case", "delivery", "other"] as const;

/** The reason chosen for opening the 4情報, with the words given for another one, or `undefined` when none was given. */
export function readOpeningReason(
  form: Values,
): { code: (typeof reasons)[number]; text: string } | undefined {
  const code = form.choice("reason", reasons);
  const text = form.text("other");
  if (!code || (code === "other" && reasonFault(text))) return undefined;
  return { code, text: code === "other" ? text : "" };
}

/** What the register tells of the residence; of people outside it, when they were opened. */
const residence = ({ outside, residence: { from, to, movedTo } }: Person) =>
  outside
    ? ([["住登外者としての登録日", showDate(from)]] as const)
    : ([
        ["転出先", movedTo ?? "―"],
        ["住民となった日", showDate(from)],
        ["住民でなくなった日", showDate(to)],
      ] as const);

interface IdentityProps {
  person: Person;
  /** Why the 4情報 are open; masked without it. */
  reason: ReasonCode | undefined;
  today: IsoDate;
  path: string;
}

/** 4情報: name, address, birth date, sex; masked until opened with a reason. */
export function IdentityPanel(props: IdentityProps) {
  const { person, reason, today } = props;
  const { values, errors } = useSent("open");
  const birth = `${showBirth(person)}（${showAge(person.birthDate, person.diedOn ?? today)}）`;
  return (
    <Panel
      title="4情報"
      actions={
        reason ? (
          <Badge tone="info">{`表示中: ${reasonTitles[reason]}`}</Badge>
        ) : (
          <Badge>非表示</Badge>
        )
      }
    >
      {reason ? (
        <DefinitionList
          columns={2}
          items={[
            ["氏名", person.name?.kanji],
            ["カナ", person.name?.kana],
            ["生年月日", birth, "wide"],
            [
              "住所",
              [person.address?.postalCode.replace(/^(\d{3})/, "〒$1-"), addressLine(person)]
                .filter(Boolean)
                .join("　"),
              "wide",
            ],
            ["性別", sexTitles[person.sex]],
            ["通称", person.name?.commonName ?? "―"],
            ["国籍", person.nationality === "jp" ? "日本" : "外国"],
            ...residence(person),
            ...detailLines(person.details),
            ["統合宛名番号", person.personNumber],
            ...(person.outside ? [] : [["世帯番号", person.householdNumber] as const]),
          ]}
        />
      ) : (
        <>
          <DefinitionList
            columns={2}
            items={[
              ["年齢・性別", `${showAge(person.birthDate, today)}・${sexTitles[person.sex]}`],
              ["住所", "●●●●●（非表示）"],
            ]}
          />
          <Form action={`${props.path}/open`} values={values} errors={errors} keys="search">
            <RadioGroup
              name="reason"
              label="開く理由"
              required
              options={reasons.map((value) => ({ value, label: reasonTitles[value] }))}
            />
            <div class="field-and-button">
              <ReasonField name="other" label="その他の内容" width={30} />
              <Button look="secondary">理由を記録して開く</Button>
            </div>
          </Form>
        </>
      )}
    </Panel>
  );
}
