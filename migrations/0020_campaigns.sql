-- Campaigns, the register of premises, fire-watch groups and smoke alarms. Rows are about places: no residents, no owners.

-- What is looked for on a visit, and what is done about it. A visit keeps the version that it was done with.
CREATE TABLE checklist (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version    integer NOT NULL DEFAULT 1,
  purpose    text NOT NULL CHECK (purpose IN ('visit', 'premises')),
  name       text NOT NULL CONSTRAINT checklist_name UNIQUE CHECK (name <> ''),
  note       text,
  -- geodata/campaigns/checklist.schema.ts
  findings   jsonb NOT NULL,
  measures   jsonb NOT NULL,
  -- came with the product; no rule of any authority
  example    boolean NOT NULL DEFAULT false,
  active     boolean NOT NULL DEFAULT true,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE checklist_version (
  checklist_id bigint NOT NULL,
  version      integer NOT NULL,
  name         text NOT NULL,
  note         text,
  findings     jsonb NOT NULL,
  measures     jsonb NOT NULL,
  actor        text NOT NULL,
  at           timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (checklist_id, version)
);

INSERT INTO checklist (purpose, name, note, findings, measures, example) VALUES
  ('visit', '今冬明春火灾防控检查', '可编辑的示例，不是任何部门的正式规定。', '[
    {"code": "live-in", "text": "生产经营场所违规住人（三合一）", "textEn": "People live over a shop or workshop", "severity": "high", "category": {"standard": "local", "kind": "local", "code": "L0001"}},
    {"code": "escape", "text": "疏散通道、安全出口堵塞或锁闭", "textEn": "Escape route or exit blocked or locked", "severity": "high", "category": {"standard": "GB/T 47678.5-2026", "kind": "matter", "code": "09012"}},
    {"code": "ebike", "text": "电动自行车室内停放、充电", "textEn": "E-bike kept or charged indoors", "severity": "high", "category": {"standard": "local", "kind": "local", "code": "L0003"}},
    {"code": "wiring", "text": "电气线路私拉乱接", "textEn": "Makeshift electric wiring", "severity": "medium", "category": {"standard": "GB/T 47678.5-2026", "kind": "matter", "code": "01013"}},
    {"code": "equipment", "text": "消防器材缺失或失效", "textEn": "Fire-fighting equipment missing or out of order", "severity": "medium", "category": {"standard": "GB/T 47678.5-2026", "kind": "matter", "code": "01013"}}
  ]', '[
    {"code": "move-out", "text": "立即搬离住宿人员", "textEn": "Sleepers moved out at once"},
    {"code": "clear", "text": "清理疏散通道", "textEn": "Escape route cleared"},
    {"code": "remove-battery", "text": "移出车辆和电池", "textEn": "Vehicle and battery taken outside"},
    {"code": "rewire", "text": "整改电气线路", "textEn": "Wiring put right"},
    {"code": "alarm", "text": "加装独立式烟感", "textEn": "Smoke alarm fitted"},
    {"code": "teach", "text": "宣传提示、签承诺书", "textEn": "Advice given, undertaking signed"}
  ]', true),
  ('premises', '自建经营性房屋九查', '可编辑的示例，不是任何部门的正式规定。', '[
    {"code": "permit", "text": "一查证照：登记与现状不符", "textEn": "Papers: not as registered", "severity": "low", "category": null},
    {"code": "structure", "text": "二查结构：开裂、倾斜或擅改承重", "textEn": "Structure: cracks, tilt or altered bearing walls", "severity": "critical", "category": {"standard": "GB/T 47678.5-2026", "kind": "matter", "code": "06001"}},
    {"code": "extension", "text": "三查搭建：违规加层、搭建", "textEn": "Extensions: unlicensed storeys or annexes", "severity": "high", "category": {"standard": "GB/T 47678.5-2026", "kind": "matter", "code": "06001"}},
    {"code": "live-in", "text": "四查住人：经营场所违规住人", "textEn": "Sleeping: people live in the premises", "severity": "high", "category": {"standard": "local", "kind": "local", "code": "L0001"}},
    {"code": "escape", "text": "五查疏散：通道不畅、窗栏封死", "textEn": "Escape: way blocked, window bars fixed", "severity": "high", "category": {"standard": "GB/T 47678.5-2026", "kind": "matter", "code": "09012"}},
    {"code": "electric", "text": "六查用电：线路老化、超负荷", "textEn": "Electricity: old wiring, overload", "severity": "medium", "category": null},
    {"code": "gas", "text": "七查用气：气瓶违规、无报警器", "textEn": "Gas: bottles misplaced, no detector", "severity": "high", "category": null},
    {"code": "equipment", "text": "八查器材：灭火器、烟感缺失", "textEn": "Equipment: extinguisher or alarm missing", "severity": "medium", "category": {"standard": "GB/T 47678.5-2026", "kind": "matter", "code": "01013"}},
    {"code": "ebike", "text": "九查充电：电动自行车入户充电", "textEn": "Charging: e-bike charged inside", "severity": "high", "category": {"standard": "local", "kind": "local", "code": "L0003"}}
  ]', '[
    {"code": "on-the-spot", "text": "当场整改", "textEn": "Put right on the spot"},
    {"code": "deadline", "text": "限期整改", "textEn": "To be put right by a date"},
    {"code": "stop", "text": "暂停经营", "textEn": "Trade suspended"}
  ]', true);
-- What came with the product is the same in every database.
UPDATE checklist SET updated_at = '2026-11-22T00:00:00+08:00';
INSERT INTO checklist_version (checklist_id, version, name, note, findings, measures, actor, at)
  SELECT id, version, name, note, findings, measures, 'gridward', updated_at FROM checklist;

CREATE TABLE campaign (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version        integer NOT NULL DEFAULT 1,
  name           text NOT NULL CHECK (name <> ''),
  note           text,
  checklist_id   bigint NOT NULL REFERENCES checklist,
  starts_on      date NOT NULL,
  ends_on        date NOT NULL CHECK (ends_on >= starts_on),
  layer          text NOT NULL CHECK (layer IN ('buildings', 'facilities')),
  -- as lists take it; see canonicalFilter
  filter         text NOT NULL,
  -- a finding without a date, and a case that was closed, are looked at again so many days later
  reinspect_days integer NOT NULL CHECK (reinspect_days BETWEEN 1 AND 366),
  ended_at       timestamptz,
  chosen_at      timestamptz NOT NULL DEFAULT now(),
  created_by     text NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  demo           boolean NOT NULL DEFAULT false
);

CREATE TABLE campaign_target (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign_id  bigint NOT NULL REFERENCES campaign ON DELETE CASCADE,
  -- No foreign key: a feature that is gone was on the list, and was visited, all the same.
  feature_id   bigint NOT NULL,
  -- as it was called when it came on the list
  name         text,
  code         text,
  added_at     timestamptz NOT NULL DEFAULT now(),
  -- off the list, which those that were visited never are
  removed_at   timestamptz CHECK (removed_at IS NULL OR visits = 0),
  visits       integer NOT NULL DEFAULT 0,
  outcome      text CHECK (outcome IN ('passed', 'findings', 'closed', 'no-access')),
  visited_at   timestamptz,
  reinspect_on date,
  CONSTRAINT campaign_target_once UNIQUE (campaign_id, feature_id),
  CHECK ((outcome IS NULL) = (visits = 0))
);

-- The id is made where the visit is recorded, so that one that is sent twice is there once.
CREATE TABLE campaign_visit (
  id                uuid PRIMARY KEY,
  campaign_id       bigint NOT NULL,
  target_id         bigint NOT NULL,
  seq               integer NOT NULL,
  at                timestamptz NOT NULL,
  recorded_at       timestamptz NOT NULL DEFAULT now(),
  actor             text NOT NULL,
  person_id         bigint,
  checklist_id      bigint NOT NULL,
  checklist_version integer NOT NULL,
  outcome           text NOT NULL CHECK (outcome IN ('checked', 'no-access')),
  findings          jsonb NOT NULL,
  measures          jsonb NOT NULL,
  photos            uuid[] NOT NULL,
  note              text,
  reinspect_on      date,
  demo              boolean NOT NULL DEFAULT false,
  UNIQUE (target_id, seq)
);
-- Photos that visits name are kept.
CREATE INDEX ON campaign_visit USING gin (photos);
-- Cases that visits opened.
CREATE TABLE campaign_case (
  visit_id    uuid NOT NULL,
  finding     text NOT NULL,
  campaign_id bigint NOT NULL,
  target_id   bigint NOT NULL,
  hazard_id   bigint NOT NULL,
  PRIMARY KEY (visit_id, finding)
);
CREATE INDEX ON campaign_case (target_id);
CREATE INDEX ON campaign_case (hazard_id);

-- Business premises; no names of people.
CREATE TABLE premises (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version       integer NOT NULL DEFAULT 1,
  building_id   bigint NOT NULL,
  -- geodata/campaigns/premises.schema.ts
  kind          text NOT NULL,
  name          text NOT NULL CHECK (name <> ''),
  trade         text,
  state         text NOT NULL DEFAULT 'filed' CHECK (state IN ('filed', 'checked', 'closed')),
  filed_on      date NOT NULL,
  checked_on    date,
  closed_on     date,
  -- of the newest check
  open_findings integer NOT NULL DEFAULT 0,
  entries       integer NOT NULL DEFAULT 0,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  demo          boolean NOT NULL DEFAULT false
);
CREATE INDEX ON premises (building_id);
CREATE TABLE premises_entry (
  premises_id       bigint NOT NULL,
  seq               integer NOT NULL,
  at                timestamptz NOT NULL DEFAULT now(),
  action            text NOT NULL CHECK (action IN ('file', 'check', 'close', 'reopen', 'amend')),
  on_date           date NOT NULL,
  actor             text NOT NULL,
  person_id         bigint,
  checklist_id      bigint,
  checklist_version integer,
  findings          jsonb NOT NULL DEFAULT '[]',
  measures          jsonb NOT NULL DEFAULT '[]',
  note              text,
  demo              boolean NOT NULL DEFAULT false,
  PRIMARY KEY (premises_id, seq)
);

-- Groups themselves are duties with the roles fire-watch and fire-watch-leader: what they have in common is the holder.
CREATE TABLE fire_watch_entry (
  id        uuid PRIMARY KEY,
  holder    text NOT NULL CHECK (holder <> ''),
  kind      text NOT NULL CHECK (kind IN ('meeting', 'drill', 'mutual-check')),
  on_date   date NOT NULL,
  attended  integer CHECK (attended >= 0),
  note      text,
  actor     text NOT NULL,
  person_id bigint,
  at        timestamptz NOT NULL DEFAULT now(),
  demo      boolean NOT NULL DEFAULT false
);
CREATE INDEX ON fire_watch_entry (holder, kind, on_date);
-- Entries that were recorded by mistake: they stay, and count no more.
CREATE TABLE fire_watch_withdrawal (
  entry_id  uuid PRIMARY KEY,
  actor     text NOT NULL,
  person_id bigint,
  at        timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE smoke_alarm (
  building_id  bigint PRIMARY KEY,
  version      integer NOT NULL DEFAULT 1,
  count        integer NOT NULL CHECK (count >= 0),
  installed_on date,
  battery_on   date,
  tested_on    date,
  note         text,
  updated_at   timestamptz NOT NULL DEFAULT now(),
  demo         boolean NOT NULL DEFAULT false
);

CREATE TABLE safety_norm (
  -- geodata/campaigns/norm.schema.ts
  code    text PRIMARY KEY,
  days    integer NOT NULL CHECK (days BETWEEN 1 AND 36500),
  -- came with the product; no rule of any authority
  example boolean NOT NULL DEFAULT false,
  -- of all norms together: they are replaced as one
  version integer NOT NULL DEFAULT 1
);
INSERT INTO safety_norm (code, days, example) VALUES
  ('meeting', 90, true), ('drill', 180, true), ('mutual-check', 30, true), ('alarm-test', 180, true),
  ('alarm-battery', 1095, true), ('alarm-replace', 3650, true), ('premises-check', 365, true);

-- What was recorded stays as it was. Only what the demo area came with goes with it.
CREATE FUNCTION gridward_refuse_record_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The records in % only grow: % is refused.', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE FUNCTION gridward_refuse_record_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.demo THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'The records in % only grow: % is refused.', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON checklist_version
  FOR EACH STATEMENT EXECUTE FUNCTION gridward_refuse_record_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON fire_watch_withdrawal
  FOR EACH STATEMENT EXECUTE FUNCTION gridward_refuse_record_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR TRUNCATE ON campaign_visit
  FOR EACH STATEMENT EXECUTE FUNCTION gridward_refuse_record_change();
CREATE TRIGGER only_grows_row BEFORE DELETE ON campaign_visit
  FOR EACH ROW EXECUTE FUNCTION gridward_refuse_record_removal();
CREATE TRIGGER only_grows BEFORE UPDATE OR TRUNCATE ON premises_entry
  FOR EACH STATEMENT EXECUTE FUNCTION gridward_refuse_record_change();
CREATE TRIGGER only_grows_row BEFORE DELETE ON premises_entry
  FOR EACH ROW EXECUTE FUNCTION gridward_refuse_record_removal();
CREATE TRIGGER only_grows BEFORE UPDATE OR TRUNCATE ON fire_watch_entry
  FOR EACH STATEMENT EXECUTE FUNCTION gridward_refuse_record_change();
CREATE TRIGGER only_grows_row BEFORE DELETE ON fire_watch_entry
  FOR EACH ROW EXECUTE FUNCTION gridward_refuse_record_removal();
-- Also where session_replication_role turns other triggers off.
ALTER TABLE checklist_version ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE fire_watch_withdrawal ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE campaign_visit ENABLE ALWAYS TRIGGER only_grows, ENABLE ALWAYS TRIGGER only_grows_row;
ALTER TABLE premises_entry ENABLE ALWAYS TRIGGER only_grows, ENABLE ALWAYS TRIGGER only_grows_row;
ALTER TABLE fire_watch_entry ENABLE ALWAYS TRIGGER only_grows, ENABLE ALWAYS TRIGGER only_grows_row;
