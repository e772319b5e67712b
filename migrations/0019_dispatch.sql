-- Several departments called to one case (whistle), who does what by when, and orders of the 12345 hotline. What happened
-- stands in case_entry; these are where it stands now.

CREATE TABLE whistle (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- without a foreign key, as the history
  hazard_id    bigint NOT NULL,
  called_at    timestamptz NOT NULL,
  called_by    text NOT NULL,
  reason       text NOT NULL CHECK (reason <> ''),
  -- how long each may take to answer
  limit_kind   text NOT NULL CHECK (limit_kind IN ('urgent-hours', 'working-hours', 'working-days', 'calendar-days')),
  limit_amount double precision NOT NULL CHECK (limit_amount > 0)
);
CREATE INDEX ON whistle (hazard_id);

CREATE TABLE whistle_call (
  whistle_id    bigint NOT NULL REFERENCES whistle ON DELETE CASCADE,
  department_id bigint NOT NULL REFERENCES department,
  due_at        timestamptz NOT NULL,
  -- NULL: not yet
  answer        text CHECK (answer IN ('accepted', 'declined')),
  answered_at   timestamptz,
  answered_by   text,
  reason        text,
  -- when it was told that the limit is over
  escalated_at  timestamptz,
  PRIMARY KEY (whistle_id, department_id),
  CHECK ((answer IS NULL) = (answered_at IS NULL)),
  CHECK (answer <> 'declined' OR reason <> '')
);
CREATE INDEX ON whistle_call (due_at) WHERE answer IS NULL;
CREATE INDEX ON whistle_call (department_id);

CREATE TABLE division_task (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  whistle_id    bigint NOT NULL REFERENCES whistle ON DELETE CASCADE,
  department_id bigint NOT NULL REFERENCES department,
  task          text NOT NULL CHECK (task <> ''),
  due_day       date NOT NULL,
  state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
  settled_at    timestamptz,
  settled_by    text,
  note          text,
  CHECK ((state = 'open') = (settled_at IS NULL))
);
CREATE INDEX ON division_task (whistle_id);
CREATE INDEX ON division_task (department_id);

-- An order of the hotline, as it came, without anything about the caller (geodata/dispatch/hotline). One that lacks a place or
-- a category waits for them.
CREATE TABLE hotline_order (
  number            text PRIMARY KEY CHECK (number ~ '^[0-9A-Za-z][0-9A-Za-z_-]{0,39}$'),
  version           integer NOT NULL DEFAULT 1,
  -- NULL: it waits
  hazard_id         bigint UNIQUE,
  received_at       timestamptz NOT NULL,
  channel           text,
  title             text NOT NULL,
  demand            text NOT NULL,
  severity          text NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  category_standard text,
  category_kind     text,
  category_code     text,
  address           text,
  cell_code         text,
  -- WGS 84, as the file said, also where that lies in no community
  given_geom        geometry(Point, 4326),
  -- where it is: by coordinates, cell or address; NULL: nobody knows yet
  geom              geometry(Point, 4326),
  -- SHA-256 of the row as it was read: the same number with another content is told
  row_hash          text NOT NULL,
  file_name         text NOT NULL,
  created_at        timestamptz NOT NULL DEFAULT now(),
  created_by        text NOT NULL,
  -- 先行联系: the first of them
  first_contact_at  timestamptz,
  -- 双回访: the last of each. NULL: none yet; solved is NULL when nobody was reached
  unit_called_at    timestamptz,
  unit_solved       boolean,
  unit_satisfied    text CHECK (unit_satisfied IN ('satisfied', 'dissatisfied', 'not-reached')),
  street_called_at  timestamptz,
  street_solved     boolean,
  street_satisfied  text CHECK (street_satisfied IN ('satisfied', 'dissatisfied', 'not-reached')),
  CHECK ((category_standard IS NULL) = (category_code IS NULL) AND (category_kind IS NULL) = (category_code IS NULL))
);
CREATE INDEX ON hotline_order (received_at) WHERE hazard_id IS NULL;
