import { type Actor, holds } from "#src/platform/access/index.ts";
import { ButtonLink } from "../components/index.ts";
import { copiesPath } from "../copies/paths.ts";
import { addressOf, type ListAddress } from "./list-address.ts";

/** The way to a copy of the list as it is narrowed now: nothing leaves the screen without a reason and a second person. */
export function CopyLinks(props: { actor: Actor; program: string; address: ListAddress }) {
  const { actor, program, address } = props;
  if (!holds(actor, "copy.request", { program })) return null;
  return (
    <ButtonLink href={addressOf(program, address, `${copiesPath(program)}/new`)}>
      写し（印刷・CSV）…
    </ButtonLink>
  );
}
