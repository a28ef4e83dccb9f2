import type { Sql } from "postgres";

/*
 * Numbers, mailings and papers of a database, as upgrade-queries.ts has the cases: to be changed when their tables are.
 */

/** Numbers that go on: of cases, papers and recipients, and each child's own for life. */
export const numbersIn = async (sql: Sql) => ({
  counters:
    await sql`select series, fiscal_year, last from cases.counter order by series, fiscal_year`,
  recipients: await sql`
    select person_number, recipient_number from entitlements.recipient order by program, recipient_number`,
});

/** Mailings, their pieces and hand-overs, coupons with their history, 帳票の設定, 外字一覧. */
export const papersIn = async (sql: Sql) => ({
  runs: await sql`
    select serial, program, kind, title, parameters, state, revision, dated_on::text, template_version, form_setting_id,
           made_count, file_count, (select name from mailings.contractor k where k.id = contractor_id) as contractor,
           (select login_name from access.staff where id = approved_by) as approved_by
      from mailings.batch_run order by serial`,
  runEvents: await sql`
    select r.serial, e.revision, e.event, e.from_state, e.to_state, e.staff_name
      from mailings.batch_event e join mailings.batch_run r on r.id = e.run_id order by r.serial, e.revision`,
  pieces: await sql`
    select r.serial, i.person_number, i.subject, i.state, i.reason, i.place, i.piece_number, i.file
      from mailings.batch_item i join mailings.batch_run r on r.id = i.run_id order by r.serial, i.person_number, i.subject`,
  files: await sql`
    select r.serial, f.name, f.kind, f.pieces, f.first_number, f.last_number, f.sha256
      from mailings.package_file f join mailings.batch_run r on r.id = f.run_id order by r.serial, f.name`,
  handOvers: await sql`
    select r.serial, h.package_name, h.pieces, h.sha256, h.handed_on::text, h.manner, h.received_on::text, h.receipt_number
      from mailings.hand_over h join mailings.batch_run r on r.id = h.run_id order by r.serial`,
  coupons: await sql`
    select k.number, k.person_number, k.vaccine, k.dose, k.label, k.usable_from::text, k.usable_to::text, k.issued_on::text,
           k.state, k.print_count, k.template_version, k.form_setting_id, r.serial
      from vaccination.coupon k left join mailings.batch_run r on r.id = k.run_id order by k.number`,
  couponEvents: await sql`
    select number, sequence, event, reason, "on"::text from vaccination.coupon_event order by number, sequence`,
  settings: await sql`
    select id, program, valid_from::text, content, md5(seal) as seal, decision from printing.form_setting order by id`,
  unprintable: await sql`
    select u.program, u.person_number, u.form, u.field, u.code_point, u.ivs, c.number, u.settlement
      from printing.unprintable u left join cases.case c on c.id = u.case_id order by u.id`,
});
