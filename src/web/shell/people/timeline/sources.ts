import { openNotes } from "#src/platform/notes/index.ts";
import {
  lookAtRegisterChanges,
  registerChangeTitles,
  shownName,
} from "#src/platform/people/index.ts";
import { type TimelineSource, timelineKinds } from "#src/platform/timeline/index.ts";

interface RegisterDetail {
  what: string;
  revision: number | null;
}

const registerWords: Readonly<Record<string, string>> = {
  "from:birth": "出生により住民となった",
  "from:move-in": "転入により住民となった",
  "to:move-out": "転出",
  "outside:open": "住登外者として登録された",
  "outside:confirm": "住登外者として確認された",
  "outside:refuse": "住登外者の登録が却下された",
  died: "死亡",
};

/** What the resident register told: becoming a resident, moves, names, households. */
const register: TimelineSource<RegisterDetail> = {
  kind: timelineKinds.register,
  rows: ({ sql }, personNumber) => sql`
    select r.on_day, r.at, r.staff_id, jsonb_build_object('what', r.what, 'revision', r.revision)
      from vault.register_days(${personNumber}) r`,
  async tell(work, details, personNumber) {
    const changes = await lookAtRegisterChanges(
      work,
      personNumber,
      details.flatMap(({ revision }) => revision ?? []),
    );
    const changeAt = new Map(changes.map((change) => [change.revision, change]));
    return details.map(({ what, revision }) => {
      const change = revision === null ? undefined : changeAt.get(revision);
      if (!change)
        return {
          what: registerWords[what] ?? (what.startsWith("from:") ? "住民となった" : "消除"),
        };
      const { changed, name } = change;
      const names = [name.before, name.after].map((one) => shownName({ name: one }));
      return {
        what: `住民記録の変更: ${changed.map((code) => registerChangeTitles[code]).join("、") || "その他の記載"}`,
        note: changed.includes("name") && names[0] !== names[1] ? names.join(" → ") : undefined,
      };
    });
  },
};

interface NoteDetail {
  sealedId: string;
  program: string;
  caseId: string | null;
  number: string | null;
}

/** Notes on the person, and on the cases to which the person belongs. */
const notes: TimelineSource<NoteDetail> = {
  kind: timelineKinds.note,
  rows: ({ sql }, personNumber) => sql`
    select (n.written_at at time zone 'Asia/Tokyo')::date, n.written_at, n.written_by,
           jsonb_build_object('sealedId', n.sealed_id, 'program', n.program, 'caseId', null, 'number', null)
      from intake.notes_of_person(${personNumber}) n
    union all
    select (n.written_at at time zone 'Asia/Tokyo')::date, n.written_at, n.written_by,
           jsonb_build_object('sealedId', n.sealed_id, 'program', c.program, 'caseId', c.id, 'number', c.number)
      from cases.case c join intake.note n on n.case_id = c.id
     where c.id in (select m.case_id from cases.member m where m.person_number = ${personNumber} and m.to_revision is null)`,
  async tell(work, details) {
    const texts = await openNotes(
      work,
      details.map(({ sealedId }) => sealedId),
    );
    return details.map(({ sealedId, program, caseId, number }) => ({
      what: number ? `申請 ${number} のメモ` : "メモ",
      note: texts.get(sealedId),
      path: caseId ? (`/${program}/cases/${caseId}` as const) : undefined,
      program,
    }));
  },
};

/** What is known of the past of a person whatever the 事務. */
export const commonTimeline = [register, notes] as const;
