import type { Work } from "#src/platform/work.ts";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type SpecialEvidence,
  type SpecialKind,
  specialEvidence,
  specialKinds,
  specialReasonTitle,
} from "#workflows/vaccination/special/kinds.ts";
import type { SpecialState } from "#workflows/vaccination/special/machine.ts";
import { vaccineTitle } from "../../special/titles.ts";
import { stateTitle } from "./parts.tsx";

interface Held {
  number: number;
  kind: SpecialKind;
  reason: string;
  evidence: SpecialEvidence;
  evidenceOn: IsoDate;
  from: IsoDate;
  until: IsoDate | null;
  vaccines: string[];
  untils: IsoDate[];
  dueOn: IsoDate | null;
  state: SpecialState;
}

/** 特例・注意 of the person of a request about their own data, a line each; what is sealed stands with the entry on its page. */
export async function heldOfSpecial(work: Work, request: number): Promise<readonly string[]> {
  const [row] = await work.sql<{ held: Held[] }[]>`select special.held_of(${request}) as held`;
  if (!row) throw new Error("no answer");
  return row.held.map((one) =>
    [
      `予防接種の${specialKinds[one.kind]}（${specialReasonTitle(one.kind, one.reason)}）`,
      `${showDate(one.from)}から${one.until ? `${showDate(one.until)}まで` : ""}`,
      ...one.vaccines.map(
        (vaccine, at) => `${vaccineTitle(vaccine)} ${showDate(one.untils[at] as IsoDate)}まで`,
      ),
      ...(one.dueOn ? [`出産予定日 ${showDate(one.dueOn)}`] : []),
      `${specialEvidence[one.evidence]}を${showDate(one.evidenceOn)}に確認`,
      stateTitle(one.state),
    ].join("　"),
  );
}
