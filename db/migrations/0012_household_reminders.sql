-- data: deadlines of inquiries that were answered before their day
update cases.deadline d set closed_at = now()
 where d.event = 'remind' and d.closed_at is null
   and not exists (select from intake.inquiry i where i.case_id = d.case_id and i.due_on = d.due_on
                      and i.answered_on is null and i.closed_on is null);
