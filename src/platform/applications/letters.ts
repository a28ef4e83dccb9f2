import {
  approvalNotice,
  missingDocumentsNotice,
  rejectionNotice,
  revocationNotice,
} from "#forms/index.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { type CaseRow, openDeadline } from "../cases/index.ts";
import { certificatesOf, type Entitlement, entitlementsOfCase } from "../entitlements/index.ts";
import { documentChecksOf } from "../intake/index.ts";
import { type MadePaper, makePaper, subjectOf } from "../letters/index.ts";
import { notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { currentData, requireEntered } from "./data.ts";
import { type ApplicationKind, certificatesOfKind } from "./kind.ts";
import {
  draft,
  grantedPersons,
  groundsOf,
  inLetter,
  type LetterKind,
  letterOf,
  personFacts,
  reasonOf,
  registerForLetter,
} from "./letter-parts.ts";

/**
 * A letter of an application as it would go out now; without a number it is a preview.
 *
 * @throws Problem 403 for persons under 支援措置, 422 for what cannot be printed or said yet
 */
export async function makeLetter<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  letterKind: LetterKind,
  number = draft,
): Promise<MadePaper> {
  const entitlements = await entitlementsOfCase(work, found.id);
  const granting = { caseId: found.id, personNumber: found.personNumber };
  const entered =
    entitlements.length > 0
      ? await currentData(work, kind, granting)
      : await requireEntered(work, kind, found);
  const { receivedOn } = kind.words;
  const granted =
    entitlements.length > 0 || letterKind !== "grant"
      ? inLetter(entitlements)
      : await proposedPeriods(work, kind, found, entered);
  const register = await registerForLetter(work, found);
  const head = await letterOf(work, kind, found, { entered, number, receivedOn });
  const facts = [...head.facts, ...personFacts(kind, { entered, register, granted })];
  const letter = { ...head, facts };
  const { papers } = kind.letters;
  const of = { subject: subjectOf(found), sample: number === draft };
  const { basis, appeal } = await groundsOf(work, kind);
  switch (letterKind) {
    case "hold": {
      const data = { ...letter, ...(await missingOf(work, kind, found)) };
      return makePaper(work, papers, { form: missingDocumentsNotice, data, ...of });
    }
    case "grant": {
      const own = await kind.inNotice?.(work, found, entered);
      const persons = await grantedPersons(work, kind, register, granted, own?.share);
      const facts = [...head.facts, ...(own?.facts ?? [])];
      const data = { ...head, facts, persons, basis, appeal };
      return makePaper(work, papers, { form: approvalNotice, data, ...of });
    }
    case "rejection": {
      const { rejection, dismissal } = kind.reasons;
      const reason = { ...dismissal, ...rejection }[await reasonOf(work, found)] ?? "";
      const data = { ...letter, reason, basis, appeal };
      return makePaper(work, papers, { form: rejectionNotice, data, ...of });
    }
    case "revocation": {
      const returnBy = formatWareki(addDays(letter.date, kind.letters.daysToReturn));
      const data = {
        ...letter,
        reason: kind.reasons.revocation[await reasonOf(work, found)] ?? "",
        revokedFrom: (entitlements[0]?.validFrom ?? letter.date) as IsoDate,
        basis,
        requests: [
          `${returnBy}までに、お手元の${await heldSorts(work, kind, entitlements)}を下のお問い合わせ先に返してください（郵送でも結構です）。`,
        ],
        appeal,
      };
      return makePaper(work, papers, { form: revocationNotice, data, ...of });
    }
    default: {
      const own = await kind.ownLetters?.[letterKind]?.(work, found, letter);
      if (!own) throw notFound("見本はまだ作れません。");
      return makePaper(work, papers, { ...own, ...of });
    }
  }
}

/** The certificates that somebody holds, by name: 受給者証と遠隔地証. */
async function heldSorts<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  entitlements: readonly Entitlement[],
): Promise<string> {
  const ids = entitlements.map(({ id }) => id);
  const issued = new Set((await certificatesOf(work, ids)).map((one) => one.kind));
  const titles = Object.entries(certificatesOfKind(kind)).flatMap(([sort, { title }]) =>
    issued.has(sort) ? [title] : [],
  );
  return titles.join("と") || kind.certificate.title;
}

/** Before the decision, the notice can be looked at with the periods as they would be granted. */
async function proposedPeriods<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  entered: Entered,
) {
  const granting = await kind.granting(work, found, entered);
  if (!granting.granted) throw new Problem({ status: 422, message: granting.reason });
  return granting.periods;
}

async function missingOf<Entered>(work: Work, kind: ApplicationKind<Entered>, found: CaseRow) {
  const missing = (await documentChecksOf(work, found.id)).filter(
    (row) => row.status === "missing",
  );
  return {
    documents: missing.flatMap(({ code }) => {
      const document = kind.documents[code];
      return document ? [{ name: document.title, hint: document.hint }] : [];
    }),
    deadline: (await openDeadline(work, found.id)) ?? work.platform.clock.today(),
  };
}
