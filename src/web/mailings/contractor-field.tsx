import type { Contractor } from "#src/platform/mailings/index.ts";
import { SelectField } from "#src/web/components/index.ts";

/** The contractor to whom a package goes. */
export function ContractorField({ contractors }: { contractors: readonly Contractor[] }) {
  const [only] = contractors.length === 1 ? contractors : [];
  return (
    <SelectField
      name="contractor"
      label="委託先"
      required
      empty="選んでください"
      value={only ? String(only.id) : ""}
      options={contractors.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  );
}
