import type { Work } from "#src/platform/work.ts";

/** A clinic to whose head a 依頼書 may be addressed. */
export interface AddresseeClinic {
  code: string;
  name: string;
  postalCode: string;
  address: string;
}

/** More would be no choice. */
const most = 300;

/** Clinics outside of the city that are active today, by kana: in the city a shot needs no letter. */
export async function addresseeClinics(work: Work): Promise<AddresseeClinic[]> {
  return work.sql<AddresseeClinic[]>`
    select c.code, c.name, c.postal_code as "postalCode", c.address from clinics.clinic c
     where c.place <> 'city' and clinics.state_on(c.code, ${work.platform.clock.today()}) = 'active'
     order by c.kana_folded, c.code limit ${most}`;
}
