import { type Actor, holdsForAll } from "#src/platform/access/actor.ts";

/** Says to somebody of one district why nothing can be done here: what is the whole city's is done by those with a right for all of it. */
export const CityWide = ({ actor }: { actor: Actor }) =>
  holdsForAll(actor, "case.read", "vaccination") ? null : (
    <p class="lead">
      市全体の仕事です。見ることはできますが、入力と処理は、すべての区の権限がある職員が行います。
    </p>
  );
