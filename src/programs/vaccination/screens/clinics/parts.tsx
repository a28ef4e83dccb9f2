import { notFound } from "#src/platform/problem.ts";
import { Badge, choicesOf } from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Tone } from "#workflows/flows/definition.ts";
import { type ContractKind, contractKinds } from "#workflows/vaccination/contract-prices.ts";
import type { ClinicAccount } from "../../clinics/accounts.ts";
import type { ClinicContract } from "../../clinics/entries.ts";
import { type ClinicState, clinicStates } from "../../clinics/words.ts";

/** What guards every page of the register. */
export const guard = { program: "vaccination", purpose: "case" } as const;

/** A 医療機関コード in an address; 404 where it is none. */
export function codeOfPath(part: string): string {
  if (!/^\d{10}$/.test(part)) throw notFound("医療機関が見つかりません。");
  return part;
}

/** A code of a 取りまとめ団体 in an address; 404 where it is none. */
export function bodyOfPath(part: string): string {
  if (!/^D\d{4}$/.test(part)) throw notFound("取りまとめ団体が見つかりません。");
  return part;
}

/** A day that need not be there: nothing of an empty field, `false` of what is no day. */
export function optionalDay(form: Values, name: string): IsoDate | false | undefined {
  const text = form.text(name);
  return text === "" ? undefined : (readDate(text) ?? false);
}

export const day = (date: string | null | undefined): string =>
  date ? showDateShort(date as IsoDate) : "―";

/** `R8.4.1～R9.3.31`; without an end `R8.4.1～`. */
export const period = (from: string, to: string | null | undefined): string =>
  `${day(from)}～${to ? day(to) : ""}`;

export const contractChoices = choicesOf(contractKinds);
export const contractTitle = (kind: string): string => contractKinds[kind as ContractKind] ?? kind;

const tones: Record<ClinicState, Tone> = {
  active: "success",
  suspended: "warning",
  closed: "neutral",
};
export const ClinicStateBadge = ({ state }: { state: ClinicState }) => (
  <Badge tone={tones[state]}>{clinicStates[state]}</Badge>
);

const entryStates: Record<ClinicContract["state"], { title: string; tone: Tone }> = {
  waiting: { title: "確認待ち", tone: "warning" },
  confirmed: { title: "確認済", tone: "success" },
  refused: { title: "差戻し", tone: "error" },
  withdrawn: { title: "取下げ", tone: "neutral" },
  replaced: { title: "変更前", tone: "neutral" },
};
export const EntryBadge = ({ state }: { state: ClinicContract["state"] }) => (
  <Badge tone={entryStates[state].tone}>{entryStates[state].title}</Badge>
);

const accountStates: Record<ClinicAccount["state"], { title: string; tone: Tone }> = {
  waiting: { title: "確認待ち", tone: "warning" },
  confirmed: { title: "使用中", tone: "success" },
  closed: { title: "使用終了", tone: "neutral" },
  refused: { title: "使わない", tone: "error" },
  withdrawn: { title: "取下げ", tone: "neutral" },
  replaced: { title: "使わずに変更", tone: "neutral" },
};
export const ClinicAccountBadge = ({ state }: { state: ClinicAccount["state"] }) => (
  <Badge tone={accountStates[state].tone}>{accountStates[state].title}</Badge>
);

/** What an entry does, in words. */
export const whatTitles = { new: "新規", change: "変更", cancel: "取消" } as const;
