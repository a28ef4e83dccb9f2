import { runWork, type Work } from "#src/platform/work.ts";
import { issueCoupons, takeCouponNumbers } from "#src/programs/vaccination/coupons.ts";
import { type ToldRecord, takeRecords } from "#src/programs/vaccination/records/take.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { invented } from "./people.ts";
import { writePeople } from "./register.ts";

type Invented = Parameters<typeof invented>[0];

/** Records of vaccination in a test: invented children, coupons, slips taken by named staff. */
export function recordsOf(test: TestPlatform) {
  const as = async <T>(who: TestStaff | "system", run: (work: Work) => Promise<T>) =>
    runWork(
      test.platform,
      who === "system" ? await test.system() : await test.actor(who),
      { purpose: "counter", program: "vaccination" },
      run,
    );
  /** Invented residents; gives their numbers. */
  const people = async (...given: Invented[]): Promise<string[]> =>
    runWork(test.platform, await test.system(), { purpose: "feed", program: "feeds" }, (work) =>
      writePeople(
        work,
        given.map((one) => ({ record: invented(one) })),
      ),
    );
  /** A child born on 2026-05-10. */
  const child = async (given: Invented = {}): Promise<string> => {
    const [number = ""] = await people({
      birthDate: "2026-05-10",
      residence: { from: "2026-05-10", fromReason: "birth" },
      ...given,
    });
    return number;
  };
  const take = (who: TestStaff | "system", told: readonly ToldRecord[]) =>
    as(who, (work) => takeRecords(work, told));
  const one = async (told: ToldRecord, who: TestStaff | "system" = "clerk1") => {
    const [taken] = await take(who, [told]);
    if (!taken) throw new Error("nothing was taken");
    return taken;
  };
  /** A coupon of a person, as a run would have made it. */
  const coupon = (personNumber: string, vaccine: string, dose: number): Promise<string> =>
    as("clerk1", async (work) => {
      const [number = ""] = await takeCouponNumbers(work, 1);
      const paper = { template: "vaccination/coupon v1", setting: null };
      const days = { usableFrom: "2026-07-10", usableTo: "2027-05-09", issuedOn: "2026-07-01" };
      await issueCoupons(
        work,
        [{ number, personNumber, vaccine, dose, label: `${dose}回目`, paper, ...days } as never],
        null,
      );
      return number;
    });
  return { as, people, child, take, one, coupon };
}

/** A slip of the first dose of 小児用肺炎球菌, on the first day on which a child of 2026-05-10 may have it. */
export const pcv = (given: Partial<ToldRecord> = {}): ToldRecord => ({
  channel: "slip",
  outcome: "given",
  vaccine: "pcv",
  givenOn: "2026-07-10",
  ...given,
});
