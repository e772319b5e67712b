-- Notes and photos of features. They name a feature by layer and id without a foreign key: they outlive it.

CREATE TABLE note (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version    integer NOT NULL DEFAULT 1,
  layer      text NOT NULL,
  feature_id bigint NOT NULL,
  author     text NOT NULL,
  text       text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE INDEX ON note (layer, feature_id, id);

-- The bytes are in the photo store under keys made from the id.
CREATE TABLE photo (
  id         uuid PRIMARY KEY,
  number     bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  layer      text NOT NULL,
  feature_id bigint NOT NULL,
  note_id    bigint REFERENCES note,
  author     text NOT NULL,
  width      integer NOT NULL,
  height     integer NOT NULL,
  bytes      integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON photo (layer, feature_id, number);
CREATE INDEX ON photo (note_id);

-- Photos whose files may be there without a row in photo: written before the first file of an upload, taken away by the
-- transaction that writes the photo, written again by the one that deletes it. The sweep removes the files of those
-- that are old; `doomed` tells an upload that is still going on that it came too late.
CREATE TABLE photo_loose (
  id     uuid PRIMARY KEY,
  since  timestamptz NOT NULL DEFAULT now(),
  doomed boolean NOT NULL DEFAULT false
);

-- A note or photo changed; nothing on the map did.
ALTER TABLE event DROP CONSTRAINT event_kind_check;
ALTER TABLE event ADD CONSTRAINT event_kind_check CHECK (kind IN ('put', 'delete', 'import', 'note'));
