import { showMonth } from "#src/web/claims/receipt-fields.tsx";
import { Badge, FilterLinks } from "#src/web/components/index.ts";
import { addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Disposition } from "#workflows/vaccination/clinic-claims/findings.ts";
import { dispositions } from "#workflows/vaccination/clinic-claims/findings.ts";
import type { ClinicClaimState } from "#workflows/vaccination/clinic-claims/machine.ts";
import { clinicClaimStateMeta } from "../../clinic-claims/claims.ts";

export const guard = { program: "vaccination", purpose: "case" } as const;

export const ClaimBadge = ({ state }: { state: ClinicClaimState }) => {
  const { title, tone } = clinicClaimStateMeta(state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

const tones = {
  open: "warning",
  pay: "success",
  same: "neutral",
  return: "error",
  query: "warning",
  refuse: "error",
  later: "neutral",
} as const satisfies Record<Disposition, string>;
export const DispositionBadge = ({ of }: { of: Disposition }) => (
  <Badge tone={tones[of]}>{dispositions[of]}</Badge>
);

export const outcomeTitles = { given: "接種", screened: "予診のみ" } as const;

/** A difference with its sign, nothing where there is none. */
export const signed = (value: number): string =>
  value === 0 ? "―" : `${value > 0 ? "+" : "−"}${Math.abs(value).toLocaleString("ja-JP")}`;

export const many = (value: number): string => value.toLocaleString("ja-JP");

/** The month before today: that which is claimed now. */
export const monthClaimedNow = (today: IsoDate): string =>
  addMonths(`${today.slice(0, 7)}-01` as IsoDate, -1).slice(0, 7);

/** Links to the last months. */
export function MonthLinks(props: {
  present: string | undefined;
  today: IsoDate;
  href: (month: string | undefined) => string;
  always?: boolean;
}) {
  const first = `${props.today.slice(0, 7)}-01` as IsoDate;
  const months = Array.from({ length: 7 }, (_, back) => addMonths(first, -back).slice(0, 7));
  const shown =
    props.present && !months.includes(props.present) ? [...months, props.present] : months;
  return (
    <FilterLinks
      label="請求月"
      present={props.present}
      choices={shown.map((month) => ({ value: month, label: showMonth(month) }))}
      href={props.href}
      {...(props.always && { always: true })}
    />
  );
}

/** A month of an address; nothing for anything else. */
export const monthOf = (text: string): string | undefined =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;

/** The keys of a table of titles. */
export const keys = <Key extends string>(titles: Readonly<Record<Key, unknown>>) =>
  Object.keys(titles) as Key[];
