import {
  type BundleMarkName,
  bundleCover,
  bundleMarks,
  type Envelope,
  type Form,
  type Recipient,
} from "#forms/index.ts";
import { postalOrderKey } from "#workflows/mailings/postal-order.ts";
import type { PreparedPiece } from "./kind.ts";
import type { Bundling } from "./run.ts";

/** Whether pieces of a form can go together: their 宛名用紙 is as large as they are. */
export const mayBundle = ({ form: { size } }: { form: Form<unknown> }): boolean =>
  size.width === bundleCover.size.width && size.height === bundleCover.size.height;

/** How a contractor's sheets are marked, by the name that its entry keeps. @throws when there never was such a layout */
export function bundleMarkOf(name: string): BundleMarkName {
  if (!(name in bundleMarks)) throw new Error(`There is no bundle mark ${name}.`);
  return name as BundleMarkName;
}

/** An address as far as the order of the post needs it. */
export const addressKey = (to: {
  postalCode: string;
  address: string;
  building?: string;
}): string =>
  postalOrderKey({ postalCode: to.postalCode, address: `${to.address}　${to.building ?? ""}` });

/** Whose a piece is when pieces are put together. */
interface Owner {
  personNumber: string;
  householdNumber?: string | undefined;
  /** 支援措置, of the person or of somebody whom the paper names: nothing of others goes with it. */
  isProtected: boolean;
}

/** Pieces with the same key and the same address go into one envelope; `undefined` where each goes alone. */
export function bundleKey(bundling: Bundling, owner: Owner): string | undefined {
  if (bundling === "none") return undefined;
  const { personNumber, householdNumber, isProtected } = owner;
  return bundling === "person" || isProtected || !householdNumber
    ? `person ${personNumber}`
    : `household ${householdNumber}`;
}

/** A piece as it goes into an envelope: in which it was to go, and whether it may go with others now. */
export interface Bundled<Piece extends PreparedPiece> {
  piece: Piece;
  bundle: number | null;
  isProtected: boolean;
}

/**
 * The pieces of a file in envelopes. What was put together when the run was extracted stays together only where it still
 * goes to the same address, to the same household and to nobody under 支援措置.
 */
export function intoEnvelopes<Piece extends PreparedPiece>(
  bundling: Bundling,
  pieces: readonly Bundled<Piece>[],
): Piece[][] {
  if (bundling === "none") return pieces.map(({ piece }) => [piece]);
  const keyOf = ({ piece, bundle, isProtected }: Bundled<Piece>): string => {
    const { personNumber, person } = piece;
    const { householdNumber } = person;
    const key = bundleKey(bundling, {
      personNumber,
      householdNumber,
      isProtected: isProtected || person.isProtected,
    });
    return `${bundle} ${key} ${addressKey(piece.to)}`;
  };
  return [...Map.groupBy(pieces, keyOf).values()].map((some) => some.map(({ piece }) => piece));
}

/** Whom an envelope goes to: the first of its people, and how many others. */
export function recipientOfAll(pieces: readonly PreparedPiece[]): Recipient {
  const [first] = pieces;
  if (!first) throw new Error("an empty envelope");
  const others = new Set(pieces.map(({ personNumber }) => personNumber)).size - 1;
  if (others === 0) return first.to;
  const { to } = first;
  const name = to.attention ? to.name : `${to.name}　${to.honorific ?? "様"}`;
  return { ...to, name: `${name}　ほか${others}名` };
}

/** The envelopes of a file, named by run and file: `M000012-0003-0045`. */
export const envelopesOf = (
  groups: readonly (readonly PreparedPiece[])[],
  of: {
    name: string;
    mark: BundleMarkName;
    content: string;
    office: (code: string) => Envelope["cover"]["office"];
  },
): Envelope[] =>
  groups.map((pieces, place) => ({
    name: `${of.name}-${String(place + 1).padStart(4, "0")}`,
    pieces: pieces.length,
    mark: of.mark,
    cover: {
      to: recipientOfAll(pieces),
      content: of.content,
      office: of.office(pieces[0]?.person.officeCode ?? ""),
    },
  }));
