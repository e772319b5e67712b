-- Which cases can have a say in the figures of a period: those that began before its end, with an
-- entry since it began or something that fell due in it (server/figures/case-rows.sql.ts).
CREATE INDEX ON hazard_case (last_at);
CREATE INDEX ON case_entry (due_at, hazard_id) WHERE due_at IS NOT NULL;
CREATE INDEX ON case_entry (at, hazard_id) WHERE seq = 1;
