import { sharedView } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { type AnswerWords, openAnswer } from "#src/platform/review-panels/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { OtherCases, OtherView } from "#src/web/cases/index.ts";
import {
  Badge,
  ButtonLink,
  DefinitionList,
  EmptyState,
  Notification,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import { opinionWords, voteWords } from "#src/web/review-panels/index.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { ReliefBenefit } from "#workflows/vaccination/relief/benefits.ts";
import { reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { claimantRelations } from "#workflows/vaccination/relief/claimants.ts";
import { answerOutcomes, goesToTheState, harmClasses } from "#workflows/vaccination/relief/harm.ts";
import {
  type AnswerRow,
  answerOf,
  type ClaimFactsRow,
  factsOf,
  harmOf,
} from "../../relief/basis.ts";
import { latestReport, reliefCommittee } from "../../relief/committee.ts";
import type { SealedRelief } from "../../relief/entry.ts";
import { openSealedRelief } from "../../relief/keep-entry.ts";
import { makeReliefLetter } from "../../relief/letters.ts";
import { benefitNames, vaccineName } from "../../relief/names.ts";
import { claimsOfHarm, reliefCase, reliefKind } from "../../relief/open.ts";
import { type MadePackage, newestPackage } from "../../relief/package.ts";
import { lookAtPanels, type SeenPanel } from "./panels.ts";
import { reliefPaths } from "./paths.ts";
import { reliefStepForms } from "./step-forms.tsx";

/** What the page of a claim shows beside what all cases show. */
interface ReliefView {
  facts: ClaimFactsRow | undefined;
  words: SealedRelief | undefined;
  /** Whoever keyed the claim; they don't decide. */
  enteredBy: string | undefined;
  others: CaseRow[];
  report: (Awaited<ReturnType<typeof latestReport>> & { words: AnswerWords }) | undefined;
  package: MadePackage | undefined;
  answer: AnswerRow | undefined;
  panels: SeenPanel[];
  today: IsoDate;
}
type View = OtherView<ReliefView>;

async function view(work: Work, caseId: string, historyPage?: number): Promise<View> {
  const found = await reliefCase(work, caseId);
  const shared = await sharedView(work, caseId, historyPage);
  const { harm } = await harmOf(work, caseId);
  const report = await latestReport(work, caseId);
  return {
    ...shared,
    // Who keyed it and who decides are two; there is nothing provisional about it.
    entry: undefined,
    own: {
      facts: await factsOf(work, caseId),
      words: await openSealedRelief(work, caseId),
      enteredBy: shared.entry && shared.staffNames.get(shared.entry.enteredBy),
      others: (await claimsOfHarm(work, harm.id)).filter(({ id }) => id !== caseId),
      report: report && { ...report, words: await openAnswer(work, report) },
      package: await newestPackage(work, caseId),
      answer: await answerOf(work, caseId),
      panels: await lookAtPanels(work, found),
      today: work.platform.clock.today(),
    },
  };
}

/** Claims for relief as the common screens of cases show them. */
export const reliefCases: OtherCases<ReliefView> = {
  kind: reliefKind,
  view,
  Content,
  Side,
  outcome,
  async preview(work, caseId) {
    return makeReliefLetter(work, await reliefCase(work, caseId), "relief-decision");
  },
  summary: ({ own }) =>
    own.panels.flatMap(({ panel, seen }) => panel.summary?.(seen) ?? []).join("、") ||
    benefitNames(own.facts?.benefits ?? []).join("、"),
  stepForms: reliefStepForms,
};

/** What was claimed of which damage, what the committee and the Minister said. */
function Content({ view: { own, found } }: { view: View }) {
  const { facts, words, report, answer, panels, others } = own;
  return (
    <>
      {facts && found.state === "consultation" && <NotCompetent facts={facts} />}
      <Panel title="健康被害">
        {facts && words ? (
          <DefinitionList
            columns={2}
            items={[
              ["接種の区分", harmClasses[facts.class]],
              ["ワクチン", vaccineName(facts.vaccine)],
              ["接種日", showDate(facts.shotOn as IsoDate)],
              ["接種記録", facts.shotId ? "あり" : "なし（書類による）"],
              ["医療機関・ロット", [words.clinic, words.lot].filter(Boolean).join("　") || "―"],
              ["発症日", showDate(words.onsetOn)],
              ["症状と経過", <span class="own-lines">{words.symptoms}</span>],
              ["受診した医療機関", <span class="own-lines">{words.institutions ?? "―"}</span>],
              ...(facts.diedOn ? ([["死亡日", showDate(facts.diedOn as IsoDate)]] as const) : []),
              ["接種した日の住所地", `${facts.residenceCode}（市区町村コード）`],
              ...(words.remark ? ([["備考", words.remark]] as const) : []),
            ]}
          />
        ) : (
          <EmptyState>請求の内容は、まだ入力されていません。</EmptyState>
        )}
      </Panel>
      {panels.map(({ panel, seen }, at) => (
        <panel.Panel key={at} seen={seen} found={found} />
      ))}
      {report && (
        <Panel title="調査委員会の報告">
          <DefinitionList
            items={[
              [
                "会議",
                <a href={reliefPaths.session(report.sessionId)}>{showDate(report.heldOn)}</a>,
              ],
              ["意見", <Badge>{opinionWords(reliefCommittee, report)}</Badge>],
              ["採決", voteWords(reliefCommittee, report)],
              ["報告", <span class="own-lines">{report.words.report}</span>],
              ["議事録", <span class="own-lines">{report.words.minutes}</span>],
            ]}
          />
        </Panel>
      )}
      {answer && <AnswerPanel answer={answer} />}
      {others.length > 0 && (
        <Panel title="同じ健康被害の請求">
          <Table
            caption="同じ健康被害の請求"
            rows={others}
            href={({ id }) => `/vaccination/cases/${id}`}
            columns={[
              { title: "番号", cell: ({ number }) => number, nowrap: true },
              {
                title: "受付日",
                cell: ({ receivedOn }) => showDateShort(receivedOn as IsoDate),
                nowrap: true,
              },
            ]}
          />
        </Panel>
      )}
    </>
  );
}

function NotCompetent({ facts }: { facts: ClaimFactsRow }) {
  return facts.residenceCode === "" ? null : (
    <Notification tone="info" title="請求を受け付ける市区町村">
      接種した日に住んでいた市区町村が受け付けます（コード {facts.residenceCode}）。
    </Notification>
  );
}

function AnswerPanel({ answer }: { answer: AnswerRow }) {
  return (
    <Panel title="国の審査の結果">
      <DefinitionList
        items={[
          ["結果", <Badge>{answerOutcomes[answer.outcome]}</Badge>],
          [
            "通知",
            `${showDate(answer.answeredOn as IsoDate)}　${answer.reference}（${showDate(answer.arrivedOn as IsoDate)}到着）`,
          ],
          ...answer.benefits.map(
            ({ benefit, recognised, grade, from, to }) =>
              [
                reliefBenefits[benefit as ReliefBenefit],
                recognised
                  ? [
                      "認定",
                      grade && `${grade}級`,
                      from && `${showDateShort(from as IsoDate)}から`,
                      to && `${showDateShort(to as IsoDate)}まで`,
                    ]
                      .filter(Boolean)
                      .join("　")
                  : "認定されなかった",
              ] as const,
          ),
        ]}
      />
    </Panel>
  );
}

/** Who claims, how old the case is, and what goes to the prefecture. */
function Side({ view: { own, found, register } }: { view: View }) {
  const { facts, words, today } = own;
  const claimant = facts && register.people.get(facts.claimantNumber);
  return (
    <>
      <Panel title="請求">
        <DefinitionList
          items={[
            ["受付からの日数", `${daysBetween(found.receivedOn as IsoDate, today)}日`],
            ...(facts
              ? ([
                  ["請求日", showDate(facts.claimedOn as IsoDate)],
                  ["給付", benefitNames(facts.benefits).join("、")],
                  ["請求する方", claimant?.name?.commonName ?? claimant?.name?.kanji ?? "―"],
                  ["続柄", claimantRelations[facts.relation]],
                  ["電話", words?.telephone ?? "―"],
                  [
                    "流れ",
                    goesToTheState(facts.class) ? "国に進達する" : "市が審査する（行政措置）",
                  ],
                  ["入力", own.enteredBy ?? "―"],
                ] as const)
              : []),
          ]}
        />
        {facts && (
          <ButtonLink href={`${reliefPaths.form}/${found.id}`}>請求書を印刷する</ButtonLink>
        )}
      </Panel>
      {(found.state === "forwarding" || own.package) && (
        <Panel title="進達する写し">
          {own.package ? (
            <DefinitionList
              items={[
                ["ページ", `${own.package.pages}枚`],
                ["黒塗り", `${own.package.blackouts}か所`],
                ["SHA-256", <code>{own.package.sha256.slice(0, 16)}…</code>],
              ]}
            />
          ) : (
            <EmptyState>まだ作られていません。</EmptyState>
          )}
          <ButtonLink href={reliefPaths.package(found.id)}>書類の黒塗りと写し</ButtonLink>
        </Panel>
      )}
    </>
  );
}

/** What the decision will do. */
function outcome({ own, register }: View, subject: string) {
  const { facts, panels, answer } = own;
  const claimant = facts && register.people.get(facts.claimantNumber);
  const name = claimant?.name?.commonName ?? claimant?.name?.kanji ?? "―";
  const what = benefitNames(facts?.benefits ?? []).join("、");
  const basis = [
    ["国の結果", answer ? answerOutcomes[answer.outcome] : "行政措置のため、市が決定します"],
  ] as const;
  if (subject === "refusal")
    return {
      lines: [
        ["処分", "不支給"] as const,
        ["給付", what] as const,
        ...basis,
        ["通知先", name] as const,
        ["支払", "この決裁では支払は生じません"] as const,
      ],
      moved: [],
      notice: "不支給決定通知書",
    };
  return {
    lines: [
      ["処分", "支給"] as const,
      ["給付", what] as const,
      ...basis,
      ["通知先", name] as const,
      ...panels.flatMap(({ panel, seen }) => panel.outcome?.(seen) ?? []),
      ["請求の入力", own.enteredBy ?? "―"] as const,
    ],
    moved: panels.flatMap(({ panel, seen }) => panel.moved?.(seen) ?? []),
    notice: "支給決定通知書",
  };
}
