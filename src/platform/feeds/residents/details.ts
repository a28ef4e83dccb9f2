import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { plainDashes } from "#workflows/text/signs.ts";
import type { ForeignDetails, RegisterDetails } from "../../people/person-record.ts";
import type { RowErrorCode } from "../errors.ts";
import type { RowItems } from "../items.ts";
import type { ResidentItem } from "./items.ts";

/** Of a 在留カード or 特別永住者証明書. */
const cardNumber = /^[A-Z]{2}\d{8}[A-Z]{2}$/;
const phoneNumber = /^[0-9+()-]{1,20}$/;

/** Full-width letters and figures as half-width ones, without what stands between groups of them. */
const plain = (text = "") => text.normalize("NFKC").replaceAll(/\s/g, "");
const cardOf = (row: RowItems) => plain(row.residenceCard).toUpperCase();
const phoneOf = (row: RowItems) => plainDashes(plain(row.phone));

/** What is wrong with the optional items of a row: 届出日, 電話番号 and those of foreign residents. */
export function refuseDetails(
  row: RowItems,
  fileDate: IsoDate,
  bornFrom: string,
  refuse: (wrong: boolean, field: ResidentItem, code: RowErrorCode) => void,
): void {
  const { reportedOn = "", foreignSince = "" } = row;
  refuse(reportedOn > fileDate, "reportedOn", "future-date");
  refuse(reportedOn !== "" && reportedOn < bornFrom, "reportedOn", "date-order");
  refuse(foreignSince > fileDate, "foreignSince", "future-date");
  refuse(foreignSince !== "" && foreignSince < bornFrom, "foreignSince", "date-order");
  refuse(phoneOf(row) !== "" && !phoneNumber.test(phoneOf(row)), "phone", "not-a-number");
  refuse(cardOf(row) !== "" && !cardNumber.test(cardOf(row)), "residenceCard", "not-a-number");
}

/** The last 異動 of a row that is in order, and what the optional items tell. */
export function detailsOf(row: RowItems): RegisterDetails {
  const foreign: ForeignDetails = {
    ...(row.foreignSince && { since: row.foreignSince as IsoDate }),
    ...(row.residenceStatus && { status: row.residenceStatus }),
    ...(row.residencePeriod && { period: row.residencePeriod }),
    ...(row.residenceSection && {
      section: row.residenceSection as NonNullable<ForeignDetails["section"]>,
    }),
    ...(row.residenceCard && { cardNumber: cardOf(row) }),
  };
  return {
    event: {
      on: row.eventDate as IsoDate,
      reason: row.eventReason as NonNullable<RegisterDetails["event"]>["reason"],
      ...(row.reportedOn && { reportedOn: row.reportedOn as IsoDate }),
      ...(row.cancels === "yes" && { cancels: true }),
    },
    ...(row.movedFrom && { movedFrom: row.movedFrom }),
    ...(row.phone && { phone: phoneOf(row) }),
    ...(Object.keys(foreign).length > 0 && { foreign }),
  };
}
