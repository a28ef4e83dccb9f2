import { birthRange, parseBirthDate } from "#workflows/dates/birth-date.ts";
import { addYears, type IsoDate } from "#workflows/dates/iso-date.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { fullWidthKatakana } from "#workflows/text/widths.ts";
import type { PersonRecord, RegisterEvent, Residence } from "../../people/person-record.ts";
import { relationshipTitle } from "../../people/relationship.ts";
import { fieldFaults } from "../field-faults.ts";
import type { RowItems } from "../items.ts";
import type { Judged } from "../kind.ts";
import { detailsOf, refuseDetails } from "./details.ts";
import type { ResidentItem } from "./items.ts";

const required: readonly ResidentItem[] = [
  "householdNumber",
  "sourceId",
  "kanji",
  "kana",
  "birthDate",
  "sex",
  "relationship",
  "isHead",
  "town",
  "townCode",
  "officeCode",
  "residentFrom",
  "fromReason",
  "eventDate",
  "eventReason",
  "nationality",
  "protected",
];
const kanaItems = ["kana", "commonKana"] as const;
const foreignItems = [
  "foreignSince",
  "residenceStatus",
  "residencePeriod",
  "residenceSection",
  "residenceCard",
] as const;

const isKana = (text: string) => /^[ァ-ヺヽヾー・　\-‐．.’']+$/.test(text);

/** What a row tells although its 異動 or its 支援措置 leaves no room for it. */
export function surplusOfResident(row: RowItems): ResidentItem[] {
  const filled = (items: readonly ResidentItem[]) => items.filter((id) => (row[id] ?? "") !== "");
  return [
    ...(row.eventReason === "move-out" ? [] : filled(["movedTo"])),
    ...(row.protected === "yes" ? [] : filled(["protectedFrom", "protectedTo"])),
    ...(row.fromReason === "birth" ? filled(["movedFrom"]) : []),
    ...(row.nationality === "jp" ? filled(foreignItems) : []),
  ];
}

/** Judges a row of the residents file by itself and makes the person of it. */
export function readResident(row: RowItems, fileDate: IsoDate): Judged<PersonRecord> {
  const item = (id: ResidentItem) => row[id] ?? "";
  const date = (id: ResidentItem) => item(id) as IsoDate;
  const birth = item("birthDate") ? parseBirthDate(item("birthDate")) : undefined;
  const { errors, refuse } = fieldFaults<ResidentItem>(row, {
    required,
    longest: 300,
    foreignNumbers: ["householdNumber", "sourceId"],
  });
  for (const field of kanaItems)
    refuse(item(field) !== "" && !isKana(fullWidthKatakana(item(field))), field, "not-kana");
  const postalCode = item("postalCode").replace("-", "");
  refuse(!/^(\d{7})?$/.test(postalCode), "postalCode", "not-a-number");
  refuse(!/^\d{7}$/.test(item("townCode")), "townCode", "not-a-number");
  refuse(!checkNumber("local-government", item("officeCode")).valid, "officeCode", "check-digit");
  const individualNumber = item("individualNumber");
  refuse(
    individualNumber !== "" && !/^\d{12}$/.test(individualNumber),
    "individualNumber",
    "not-a-number",
  );
  refuse(
    individualNumber !== "" && !checkNumber("individual", individualNumber).valid,
    "individualNumber",
    "check-digit",
  );

  const title = relationshipTitle(item("relationship"));
  refuse(title === undefined, "relationship", "unknown-code");
  refuse(!["", title].includes(item("relationshipTitle")), "relationshipTitle", "mismatch");
  refuse((item("relationship") === "02") !== (item("isHead") === "yes"), "isHead", "mismatch");

  const reason = item("eventReason") as RegisterEvent;
  const leaves = reason === "move-out" || reason === "death";
  // Of a birth known in part, what is certainly wrong.
  const bornFrom = birth ? birthRange(birth).from : "";
  refuse(bornFrom > fileDate, "birthDate", "future-date");
  refuse(item("residentFrom") > fileDate, "residentFrom", "future-date");
  refuse(item("residentFrom") < bornFrom, "residentFrom", "date-order");
  refuse(item("eventDate") < bornFrom, "eventDate", "date-order");
  refuse(leaves && item("eventDate") < item("residentFrom"), "eventDate", "date-order");
  // An out-move is reported before it happens; a year ahead it is a slip.
  const latest = reason === "move-out" ? addYears(fileDate, 1) : fileDate;
  refuse(item("eventDate") > latest, "eventDate", "future-date");
  refuseDetails(row, fileDate, bornFrom, refuse);
  for (const field of surplusOfResident(row)) refuse(true, field, "surplus-value");

  const sheltered = item("protected") === "yes";
  refuse(sheltered && item("protectedFrom") === "", "protectedFrom", "missing");
  refuse(
    item("protectedTo") !== "" && item("protectedTo") < item("protectedFrom"),
    "protectedTo",
    "date-order",
  );
  if (errors.length > 0 || !birth) return { errors };

  const residence: Residence = {
    from: date("residentFrom"),
    fromReason: item("fromReason") as Residence["fromReason"],
    ...(leaves && { to: date("eventDate"), toReason: reason }),
    ...(item("movedTo") && { movedTo: item("movedTo") }),
  };
  return {
    row: {
      householdNumber: item("householdNumber"),
      sourceId: item("sourceId"),
      name: {
        kanji: item("kanji"),
        kana: fullWidthKatakana(item("kana")),
        ...(item("commonName") && { commonName: item("commonName") }),
        ...(item("commonKana") && { commonKana: fullWidthKatakana(item("commonKana")) }),
        ...(item("alphabetic") && { alphabetic: item("alphabetic") }),
      },
      birthDate: birth,
      sex: item("sex") as PersonRecord["sex"],
      relationship: item("relationship"),
      isHead: item("isHead") === "yes",
      address: {
        postalCode,
        town: item("town"),
        townCode: item("townCode"),
        block: item("block"),
        building: item("building"),
      },
      officeCode: item("officeCode"),
      residence,
      ...(reason === "death" && { diedOn: date("eventDate") }),
      nationality: item("nationality") as PersonRecord["nationality"],
      ...(sheltered && {
        protection: {
          from: date("protectedFrom"),
          ...(item("protectedTo") && { to: date("protectedTo") }),
        },
      }),
      ...(individualNumber && { individualNumber }),
      details: detailsOf(row),
    },
  };
}
