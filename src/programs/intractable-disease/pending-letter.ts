import { pendingNotice } from "#forms/intractable-disease/pending.ts";
import type { OwnLetter } from "#src/platform/applications/index.ts";
import { type CaseRow, openDeadline } from "#src/platform/cases/index.ts";
import { documentChecksOf } from "#src/platform/intake/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { answersOfCase } from "#src/platform/review-panels/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { diseaseTitle } from "#workflows/intractable-disease/diseases.ts";
import type { panelReasons } from "#workflows/intractable-disease/review.ts";
import { documents } from "./documents.ts";
import { referralsOf } from "./review.ts";

type Deferral = keyof (typeof panelReasons)["deferred"];

const reasonWords: Readonly<Record<Deferral, string>> = {
  doctor: "臨床調査個人票の記載について、作成した医師に照会するため",
  papers: "指定難病審査会の審査に、追加の資料が必要なため",
};

/**
 * 認定保留のお知らせ: for which disease the panel put its answer off and why, and which papers the applicant is to bring until when.
 *
 * @throws Problem 404 where the panel put nothing off
 */
export const pendingLetter: OwnLetter = async (work, found, letter) => {
  const deferred = await deferredOf(work, found);
  if (deferred.length === 0) throw notFound("見本はまだ作れません。");
  const receivedOn = found.receivedOn as IsoDate;
  const requests = deferred.some(({ reason }) => reason === "papers")
    ? await requestsOf(work, found)
    : [];
  const data = {
    ...letter,
    reasons: deferred.map(
      ({ matter, reason }) =>
        `${diseaseTitle(Number(matter), receivedOn)}　${reasonWords[reason as Deferral]}`,
    ),
    requests,
    ...(requests.length > 0 ? { until: await openDeadline(work, found.id) } : {}),
  };
  return { form: pendingNotice, data };
};

/** Diseases that the panel put off since it was asked last. */
async function deferredOf(work: Work, { id }: CaseRow) {
  const [newest] = await referralsOf(work, id);
  if (!newest) return [];
  const said = (await answersOfCase(work, id)).filter(
    ({ revision, comparedBy }) => revision >= newest.revision && comparedBy !== null,
  );
  const last = [...Map.groupBy(said, ({ matter }) => matter).values()].flatMap(([first]) =>
    first ? [first] : [],
  );
  return last.filter(({ opinion }) => opinion === "deferred");
}

/** What 書類の確認 lacks, as the applicant is asked for it. */
async function requestsOf(work: Work, { id }: CaseRow): Promise<string[]> {
  return (await documentChecksOf(work, id)).flatMap(({ code, status }) => {
    const document = documents[code];
    return status === "missing" && document
      ? [`${document.title}を提出してください${document.hint ? `（${document.hint}）` : ""}。`]
      : [];
  });
}
