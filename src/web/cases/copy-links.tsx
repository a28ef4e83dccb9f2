import type { Actor } from "#src/platform/access/index.ts";
import type { ListAddress } from "./list-address.ts";
export const CopyLinks = (_: { actor: Actor; program: string; address: ListAddress }) => null;
