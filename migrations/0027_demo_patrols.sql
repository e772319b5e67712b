-- Patrols that came with the demo area go with it. What somebody published or walked since stays as it was.

ALTER TABLE patrol_plan ADD demo boolean NOT NULL DEFAULT false;
ALTER TABLE patrol_plan_version ADD demo boolean NOT NULL DEFAULT false;
ALTER TABLE patrol_run ADD demo boolean NOT NULL DEFAULT false;

CREATE FUNCTION gridward_refuse_plan_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.demo THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'Published plans stay as they were: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
DROP TRIGGER only_grows ON patrol_plan_version;
CREATE TRIGGER only_grows BEFORE UPDATE OR TRUNCATE ON patrol_plan_version
  FOR EACH STATEMENT EXECUTE FUNCTION gridward_refuse_plan_change();
CREATE TRIGGER only_grows_row BEFORE DELETE ON patrol_plan_version
  FOR EACH ROW EXECUTE FUNCTION gridward_refuse_plan_removal();
