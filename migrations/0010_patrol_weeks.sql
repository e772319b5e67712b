-- A search may be for a week of plans, of which none is there yet.

ALTER TABLE patrol_job
  ALTER plan_id DROP NOT NULL,
  ALTER plan_version DROP NOT NULL,
  ALTER settings DROP NOT NULL,
  -- what is asked for (geodata/patrols/week.schema.ts)
  ADD COLUMN week jsonb,
  -- the plans that were made of it; a second time makes no others
  ADD COLUMN made_plan_ids bigint[],
  ADD CONSTRAINT patrol_job_of_plan_or_week CHECK (
    (plan_id IS NULL) = (week IS NOT NULL) AND (plan_id IS NULL) = (plan_version IS NULL)
    AND (plan_id IS NULL) = (settings IS NULL));
