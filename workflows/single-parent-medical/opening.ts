import { type Hindrance, type OpeningFacts, usualHindrances } from "#workflows/cases/opening.ts";
import { ageOn } from "#workflows/dates/ages.ts";

/** Nobody who is still at 義務教育 is the parent. */
const schoolEnd = 15;

/** What stands against an application of a household, received at the page of its parent or 養育者. */
export function householdHindrances(facts: OpeningFacts): readonly Hindrance[] {
  const usual = usualHindrances(facts);
  if (usual.some(({ final }) => final)) return usual;
  // By the first day on which the person can have been born: whoever may be grown up is received.
  if (ageOn(facts.birth, facts.receivedOn).years >= schoolEnd) return usual;
  return [
    {
      code: "other-person",
      reason: "申請者となる親・養育者の画面から受け付けてください。",
      advice: "右の「世帯」から、申請者の画面を開いてください。",
      basis: ["児童扶養手当法第4条第1項"],
      final: true,
    },
  ];
}
