import type { SimilarPeople } from "#src/platform/outsiders/index.ts";
import { nameWord, shownKana, shownName } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { likenessGrades } from "#workflows/people/likeness.ts";
import { Badge, Checkbox, Notification, ReasonField, Table } from "../../components/index.ts";
import { showDateShort } from "../../dates.ts";
import { personPath } from "../../person-path.ts";
import { addressLine, residenceState, sexTitles } from "./describe.ts";

const tones = { same: "error", close: "warning", some: "neutral" } as const;

/** Those who look like the one to be opened, why, and what is said of them: they are other people. */
export function SimilarFields({
  similar,
  platform,
}: {
  similar: SimilarPeople;
  platform: Platform;
}) {
  const { found, beyond } = similar;
  const today = platform.clock.today();
  return (
    <section class="panel" aria-label="似た方">
      <div class="panel-head">
        <h2>{`似た方 ${found.length}人`}</h2>
      </div>
      <div class="panel-body">
        <Notification tone="warning" title="既に登録されている方ではありませんか。">
          <p>
            同じ方なら、その方の画面を開き、その番号を使ってください。点数は判断の目安で、決めるのは職員です。
            {beyond > 0 &&
              `ほかに、同じ氏名で生年月日の合う方が${beyond}人、ほかの区にいます。担当の区に確かめてください。`}
          </p>
        </Notification>
        {found.length > 0 && (
          <Table
            caption="似た方"
            columns={[
              {
                title: "氏名",
                cell: ({ person }) => (
                  <>
                    <a
                      href={personPath(platform, person.personNumber)}
                      target="_blank"
                      rel="noopener"
                    >
                      {shownName(person)}
                    </a>
                    {nameWord(person) && <span class="name-word">{nameWord(person)}</span>}
                    <span class="cell-note">{shownKana(person)}</span>
                  </>
                ),
              },
              {
                title: "生年月日・性別",
                cell: ({ person }) => `${showDateShort(person.birthDate)} ${sexTitles[person.sex]}`,
                nowrap: true,
              },
              { title: "住所", cell: ({ person }) => addressLine(person) },
              {
                title: "状態",
                cell: ({ person }) => residenceState(person, today).word,
                nowrap: true,
              },
              {
                title: "点数",
                cell: ({ likeness }) => (
                  <>
                    {`${likeness.score}点 `}
                    <Badge tone={tones[likeness.grade]}>{likenessGrades[likeness.grade]}</Badge>
                    {likeness.reasons.map(({ points, words }) => (
                      <span
                        key={words}
                        class="cell-note"
                      >{`${words}（${points > 0 ? "+" : ""}${points}）`}</span>
                    ))}
                  </>
                ),
              },
            ]}
            rows={found}
          />
        )}
        {found.map(({ person }) => (
          <input
            key={person.personNumber}
            type="hidden"
            name="seen"
            value={personPath(platform, person.personNumber).slice("/people/".length)}
          />
        ))}
        {beyond > 0 && <input type="hidden" name="beyond" value="yes" />}
        <Checkbox name="other" label="上の方々とは別の方であることを確かめた" />
        <ReasonField name="differs" label="別の方とする理由" required width={40} />
      </div>
    </section>
  );
}
