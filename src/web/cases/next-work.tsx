import { isUuid } from "#src/platform/uuid.ts";
import { ButtonLink } from "../components/index.ts";
import type { Values } from "../values.ts";
import { casePath, listPath } from "./paths.ts";
import type { Shown } from "./shown.ts";

/** The address of a case after a step, with the case that stood next on the list. */
export const withNext = (path: `/${string}`, next: string | undefined): `/${string}` =>
  next ? `${path}?next=${next}` : path;

/** That case, as the address names it. */
export function readNext(query: Values): string | undefined {
  const next = query.text("next");
  return isUuid(next) ? next : undefined;
}

/** Steps that are decided upon on the page of the decision. */
const decisionRights = ["case.approve", "case.revoke"];

/** After a step with which the case left this person's hands: the next of the same sort, and the way back to the list. */
export function NextWorkBar({ view, next }: Shown) {
  if (!next) return null;
  const { program } = view.found;
  const path = casePath({ program, id: next.id });
  const href = decisionRights.includes(next.waitsRight) ? (`${path}/decision` as const) : path;
  return (
    <nav class="next-work" aria-label="次の処理">
      <span>
        {next.waitsTitle} 残り{next.left.toLocaleString("ja-JP")}件
      </span>
      <ButtonLink href={href} look="primary" autofocus>
        次へ（{next.number}）
      </ButtonLink>
      <a href={listPath(program)} data-back-to={`/ ${listPath(program)}`}>
        一覧に戻る
      </a>
    </nav>
  );
}
