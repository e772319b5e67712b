-- A person is one subject of a provider: of two that come back at the same instant, the first is linked.
DELETE FROM account later USING account first
  WHERE later.user_id = first.user_id AND later.provider_id = first.provider_id AND later.id > first.id;
CREATE UNIQUE INDEX ON account (user_id, provider_id);
