-- Who answers for what: labels or members of staff, never residents.

CREATE TABLE duty (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version    integer NOT NULL DEFAULT 1,
  -- geodata/duties/duty.schema.ts
  role       text NOT NULL,
  -- No foreign key: of a cell that is deleted and comes back, the duties come back too.
  layer      text NOT NULL CHECK (layer IN ('communities', 'grids', 'micro-grids', 'buildings', 'facilities', 'checkpoints')),
  feature_id bigint NOT NULL,
  holder     text NOT NULL CHECK (holder <> ''),
  -- first and last day; NULL: always, without end
  since      date,
  until      date CHECK (until >= since),
  note       text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT duty_held_once UNIQUE (role, layer, feature_id, holder)
);
CREATE INDEX ON duty (layer, feature_id);
CREATE INDEX ON duty (holder);

ALTER TABLE event
  DROP CONSTRAINT event_kind_check,
  ADD CONSTRAINT event_kind_check CHECK (kind IN ('put', 'delete', 'import', 'note', 'export', 'sign-in',
    'sign-in-refused', 'sign-out', 'person', 'token', 'setting', 'view', 'norm', 'plan', 'visit', 'walk', 'analysis', 'duty'));
