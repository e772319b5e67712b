-- Figures: targets of indicators and weights of rankings, where an administrator changed what the product has
-- (geodata/figures). Each is changed as a whole.
CREATE TABLE figure_rule (
  id         text PRIMARY KEY,
  version    integer NOT NULL DEFAULT 1,
  rule       jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Deleted hazards, whose cases were there.
CREATE INDEX feature_version_deleted ON feature_version (layer, feature_id, version) WHERE ended = 'delete';
