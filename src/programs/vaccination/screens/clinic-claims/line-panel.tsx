import { useSent } from "#src/web/cases/sent.tsx";
import {
  Button,
  choicesOf,
  FieldRow,
  Form,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { yen } from "#workflows/text/yen.ts";
import { lineReasons } from "#workflows/vaccination/clinic-claims/findings.ts";
import { type ClinicClaim, type ComparedLine, isDifferent } from "../../clinic-claims/claims.ts";
import { pricedTitle } from "../../clinic-claims/papers.ts";
import { many, signed } from "./parts.tsx";
import { clinicClaimPaths as paths } from "./paths.ts";

/** What was claimed beside what slips and records come to. */
export function Lines(props: {
  lines: readonly ComparedLine[];
  row: ClinicClaim;
  examines: boolean;
}) {
  const { lines, row, examines } = props;
  return (
    <Panel title="請求と計算の比較">
      <Table
        caption="請求と計算の比較"
        columns={[
          { title: "予防接種", cell: pricedTitle },
          { title: "請求件数", cell: ({ claimed }) => many(claimed), align: "end", nowrap: true },
          {
            title: "請求額",
            cell: ({ claimedYen }) => yen(claimedYen),
            align: "end",
            nowrap: true,
          },
          { title: "計算件数", cell: ({ paid }) => many(paid), align: "end", nowrap: true },
          { title: "計算額", cell: ({ paidYen }) => yen(paidYen), align: "end", nowrap: true },
          {
            title: "件数の差",
            cell: (one) => signed(one.paid - one.claimed),
            align: "end",
            nowrap: true,
          },
          {
            title: "額の差",
            cell: (one) => signed(one.paidYen - one.claimedYen),
            align: "end",
            nowrap: true,
          },
          {
            title: "理由",
            cell: (one) =>
              one.place === null
                ? "請求のない区分"
                : one.accepted
                  ? lineReasons[one.accepted]
                  : row.reckonedAt && isDifferent(one)
                    ? "未入力"
                    : "―",
          },
        ]}
        rows={lines}
        tone={(one) =>
          row.reckonedAt && isDifferent(one) && one.accepted === null ? "warning" : undefined
        }
      />
      {examines &&
        lines
          .filter((one) => one.place !== null && one.accepted === null && isDifferent(one))
          .map((one) => (
            <Accept
              key={one.place}
              id={row.id}
              revision={row.revision}
              place={one.place ?? 0}
              titles={lineReasons}
              label={`${pricedTitle(one)}の違いを認める理由`}
            />
          ))}
    </Panel>
  );
}

/** Accepts a difference of a line for a reason. */
export function Accept(props: {
  id: string;
  revision: number;
  place: number;
  titles: Readonly<Record<string, string>>;
  label: string;
}) {
  const sent = useSent("accept");
  const own = sent.values?.integer("place") === props.place ? sent : undefined;
  return (
    <Form
      action={`${paths.claim(props.id)}/accept`}
      class="form stacked"
      values={own?.values}
      errors={own?.errors ?? {}}
    >
      <input type="hidden" name="revision" value={props.revision} />
      <input type="hidden" name="place" value={props.place} />
      <FieldRow>
        <SelectField
          name="reason"
          idPrefix={`accept-${props.place}`}
          label={props.label}
          required
          empty="選んでください"
          options={choicesOf(props.titles)}
        />
        <Button look="secondary">理由を入力する</Button>
      </FieldRow>
    </Form>
  );
}
