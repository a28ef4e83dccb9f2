import { type CaseHead, hiddenWord } from "#src/platform/applications/index.ts";
import {
  addressLine,
  nameWord,
  type Person,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge } from "../components/index.ts";
import { showAge, showBirth, showDateShort } from "../dates.ts";

/** Whose case it is, above every page of it: name, age, address, 支援措置, 受付日, 担当 and deadlines, on one or two lines. */
export function HeadLine({ head }: { head: CaseHead }) {
  const { found, subject, others, isProtected, handler, standard, due, today } = head;
  return (
    <dl class="case-head" aria-label="この手続きの方">
      <Item term="氏名" wide>
        <strong>{shownName(subject)}</strong>
        <NameWord person={subject} />
        <span class="case-head-kana">{shownKana(subject)}</span>
        {others > 0 && <span class="case-head-more">ほか{others}人</span>}
        {subject.outside && <Badge>住登外</Badge>}
        {isProtected && <Badge tone="protected">支援措置</Badge>}
      </Item>
      <Item term="生年月日">
        {`${showBirth(subject)}（${showAge(subject.birthDate, subject.diedOn ?? today)}）`}
      </Item>
      <Item term="住所" wide>
        {subject.addressMasked
          ? hiddenWord
          : `${addressLine(subject)} ${subject.address?.building ?? ""}`.trim()}
      </Item>
      <Item term="受付日">{showDateShort(found.receivedOn as IsoDate)}</Item>
      <Item term="担当">{handler ?? "未定"}</Item>
      {standard && (
        <Item term={`標準処理期間（${standard.days}日）`}>
          <Until on={standard.by} today={today} />
        </Item>
      )}
      {due && (
        <Item term="期限">
          <Until on={due} today={today} />
        </Item>
      )}
    </dl>
  );
}

function Item(props: { term: string; wide?: boolean; children: preact.ComponentChildren }) {
  return (
    <div class={props.wide ? "case-head-wide" : undefined}>
      <dt>{props.term}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

const Until = ({ on, today }: { on: IsoDate; today: IsoDate }) => (
  <>
    {showDateShort(on)}まで {on < today && <Badge tone="error">期限超過</Badge>}
  </>
);

/** Which of the names it is, where there are two or one comes from abroad. */
export const NameWord = ({ person }: { person: Person }) => {
  const word = nameWord(person);
  return word ? <span class="name-word">{word}</span> : null;
};
