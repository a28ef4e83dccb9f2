import { titleOfSorts } from "#src/platform/applications/index.ts";
import type { Entitlement } from "#src/platform/entitlements/index.ts";
import { SelectField } from "../components/index.ts";
import { nameIn, type Shown } from "./shown.ts";

/** One of several certificates is chosen, by whose it is and its sort; its value is the entitlement and the sort. */
export const CertificateField = ({
  screens,
  view,
  name,
  label,
  choices,
}: Shown & {
  name: string;
  label: string;
  choices: readonly { entitled: Entitlement; sort: string }[];
}) => (
  <SelectField
    name={name}
    label={label}
    required
    empty="選んでください"
    options={choices.map(({ entitled: { id, personNumber, recipientNumber }, sort }) => ({
      value: `${id}:${sort}`,
      label: `${nameIn(view, personNumber)}（${recipientNumber}） ${titleOfSorts(screens.application, [sort])}`,
    }))}
  />
);
