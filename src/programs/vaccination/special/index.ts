export { cautionedOn, circumstancesOf, specialOn } from "./on-day.ts";
export { recipientOfMail, recipientsOfMail } from "./recipients.ts";
