-- Lists sorted by name, saved views, settings, and counts of households that may be unknown.

-- What a name is sorted by, in any collation of the database: pinyin for Chinese, lower case for the rest, numbers by
-- their value (10 after 9). search_text begins with the first searchable property and, where that is Chinese, its
-- pinyin on the next line (geodata/search/search-text.ts). `shown` is that property; NULL when it is empty.
CREATE FUNCTION gridward_name_key(shown text, search_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN coalesce(shown, '') <> '' THEN
  regexp_replace(
    regexp_replace(
      split_part(search_text, chr(10), CASE WHEN split_part(search_text, chr(10), 1)
        ~ '[\u2E80-\u2FDF\u3005\u3007\u3021-\u3029\u3038-\u303B\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U000323AF]'
        THEN 2 ELSE 1 END),
      '([0-9]+)', '00000000\1', 'g'),
    '0*([0-9]{8})(?![0-9])', '\1', 'g')
END;

ALTER TABLE community  ADD name_key text COLLATE "C" GENERATED ALWAYS AS (gridward_name_key(name, search_text)) STORED;
ALTER TABLE grid       ADD name_key text COLLATE "C" GENERATED ALWAYS AS (gridward_name_key(name, search_text)) STORED;
ALTER TABLE micro_grid ADD name_key text COLLATE "C" GENERATED ALWAYS AS (gridward_name_key(name, search_text)) STORED;
-- A building without a name is listed by its address.
ALTER TABLE building   ADD name_key text COLLATE "C"
  GENERATED ALWAYS AS (gridward_name_key(coalesce(nullif(name, ''), address), search_text)) STORED;
ALTER TABLE zone       ADD name_key text COLLATE "C" GENERATED ALWAYS AS (gridward_name_key(name, search_text)) STORED;
ALTER TABLE landcover  ADD name_key text COLLATE "C" GENERATED ALWAYS AS (gridward_name_key(name, search_text)) STORED;
ALTER TABLE road       ADD name_key text COLLATE "C" GENERATED ALWAYS AS (gridward_name_key(name, search_text)) STORED;
ALTER TABLE facility   ADD name_key text COLLATE "C" GENERATED ALWAYS AS (gridward_name_key(name, search_text)) STORED;
ALTER TABLE checkpoint ADD name_key text COLLATE "C" GENERATED ALWAYS AS (gridward_name_key(name, search_text)) STORED;
ALTER TABLE hazard     ADD name_key text COLLATE "C" GENERATED ALWAYS AS (gridward_name_key(title, search_text)) STORED;

CREATE INDEX ON hazard (reported_at);

-- Unknown is not zero. Figures that stand there stay: whether a zero was meant cannot be told any more.
ALTER TABLE building ALTER households DROP NOT NULL, ALTER households DROP DEFAULT,
  ALTER population DROP NOT NULL, ALTER population DROP DEFAULT;

-- A page's URL query under a name. The server keeps the query and never reads it.
CREATE TABLE saved_view (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version    integer NOT NULL DEFAULT 1,
  name       text NOT NULL,
  query      text NOT NULL,
  workspace  text,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX saved_view_name ON saved_view (lower(name));

-- Settings that were changed; the others have their defaults (geodata/settings/settings.schema.ts). A value that was
-- taken back stays as a JSON null, so that the sum of the versions only grows.
CREATE TABLE setting (
  key        text PRIMARY KEY,
  value      jsonb NOT NULL,
  version    integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL
);
