import { holds } from "#src/platform/access/actor.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { Actions, ButtonLink, Table } from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { personPath } from "#src/web/person-path.ts";
import type { PersonPanel } from "#src/web/screens.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { exemptionNumber, exemptionsOfPerson } from "../../exemptions/applications.ts";
import { certificatesOfPerson } from "../../exemptions/certificates.ts";
import { vaccineTitles } from "../../special/titles.ts";
import { CertificateBadge, ExemptionBadge } from "./parts.tsx";
import { exemptionPaths } from "./paths.ts";

/** Applications and certificates of a person, and where one is received, on their page. */
export async function exemptionPanels(work: Work, person: Person): Promise<PersonPanel[]> {
  const program = "vaccination";
  if (!holds(work.actor, "case.read", { program })) return [];
  const { personNumber } = person;
  const applications = await exemptionsOfPerson(work, personNumber);
  const certificates = await certificatesOfPerson(work, personNumber);
  const today = work.platform.clock.today();
  const token = personPath(work.platform, personNumber).split("/").at(-1) ?? "";
  const rows = [
    ...certificates.map((one) => ({
      key: one.id,
      what: `確認証 ${one.number}`,
      vaccines: one.vaccines,
      days: `${showDateShort(one.validFrom as IsoDate)} ～ ${showDateShort(one.validUntil as IsoDate)}`,
      state: <CertificateBadge row={one} today={today} />,
      path: exemptionPaths.certificate(one.id),
    })),
    ...applications.map((one) => ({
      key: one.id,
      what: `申請 ${exemptionNumber(one)}`,
      vaccines: one.vaccines,
      days: showDateShort(one.receivedOn as IsoDate),
      state: <ExemptionBadge state={one.state} />,
      path: exemptionPaths.application(one.id),
    })),
  ];
  return [
    {
      title: "予防接種の自己負担減免",
      order: 54,
      empty: rows.length === 0,
      content: (
        <>
          <Table
            caption="確認証と申請"
            rows={rows}
            href={({ path }) => path}
            empty="減免の申請はありません。"
            columns={[
              { title: "番号", cell: ({ what }) => what, nowrap: true },
              { title: "予防接種", cell: ({ vaccines }) => vaccineTitles(vaccines) },
              { title: "有効期間・受付日", cell: ({ days }) => days, nowrap: true },
              { title: "状態", cell: ({ state }) => state, nowrap: true },
            ]}
          />
          {holds(work.actor, "case.enter", { program, office: person.officeCode }) && (
            <Actions>
              <ButtonLink href={exemptionPaths.newOf(token)}>減免の申請を受け付ける</ButtonLink>
            </Actions>
          )}
        </>
      ),
    },
  ];
}
