import { Badge } from "#src/web/components/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { ExemptionState } from "#workflows/vaccination/exemptions/machine.ts";
import { exemptionMeta } from "../../exemptions/applications.ts";
import { certificateState, type ExemptionCertificate } from "../../exemptions/certificates.ts";

export const ExemptionBadge = ({ state }: { state: ExemptionState }) => {
  const { title, tone } = exemptionMeta(state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

export function CertificateBadge({ row, today }: { row: ExemptionCertificate; today: IsoDate }) {
  const { title, tone } = certificateState(row, today);
  return <Badge tone={tone}>{title}</Badge>;
}
