-- Who may come in: people and their areas, sessions, tokens, the link that sets up the first administrator.

CREATE TABLE person (
  id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version              integer NOT NULL DEFAULT 1,
  username             text NOT NULL UNIQUE CHECK (username ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
  name                 text NOT NULL,
  -- the sign-in library finds people by it; made of the user name, never shown, nothing is ever sent to it
  email                text NOT NULL UNIQUE,
  email_verified       boolean NOT NULL DEFAULT true,
  image                text,
  role                 text NOT NULL CHECK (role IN ('administrator', 'supervisor', 'coordinator', 'planner', 'officer',
                         'department', 'viewer')),
  -- false: what lies in the cells of person_area
  everywhere           boolean NOT NULL DEFAULT false,
  must_change_password boolean NOT NULL DEFAULT false,
  -- signs in by one click, and only in demo mode
  demo                 boolean NOT NULL DEFAULT false,
  disabled_at          timestamptz,
  created_at           timestamptz NOT NULL DEFAULT now(),
  updated_at           timestamptz NOT NULL DEFAULT now()
);

-- No foreign key to the cells: one that is deleted and comes back has its people again.
CREATE TABLE person_area (
  person_id bigint NOT NULL REFERENCES person ON DELETE CASCADE,
  layer     text NOT NULL CHECK (layer IN ('communities', 'grids', 'micro-grids')),
  cell_id   bigint NOT NULL,
  PRIMARY KEY (person_id, layer, cell_id)
);

-- Ways in: a password (provider credential) or the subject at an OpenID Connect provider.
CREATE TABLE account (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id     bigint NOT NULL REFERENCES person ON DELETE CASCADE,
  provider_id text NOT NULL,
  account_id  text NOT NULL,
  password    text,
  scope       text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  UNIQUE (provider_id, account_id)
);
CREATE INDEX ON account (user_id);

-- expires_at: whatever happens; updated_at: last used, which an idle session is measured by.
CREATE TABLE session (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id    bigint NOT NULL REFERENCES person ON DELETE CASCADE,
  -- SHA-256 of what the cookie holds
  token      text NOT NULL UNIQUE,
  ip_address text,
  user_agent text,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON session (user_id);
CREATE INDEX ON session (expires_at);

-- A sign-in that is on its way to an OpenID Connect provider and back.
CREATE TABLE verification (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  identifier text NOT NULL,
  value      text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON verification (identifier);

-- For programs and screens. A token is somebody's, with the role that this person has at the time, or has a role of its own.
CREATE TABLE access_token (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind         text NOT NULL CHECK (kind IN ('token', 'kiosk')),
  name         text NOT NULL,
  person_id    bigint REFERENCES person ON DELETE CASCADE,
  role         text,
  -- NULL: whatever the role may
  scopes       text[],
  -- SHA-256
  secret_hash  text NOT NULL UNIQUE,
  everywhere   boolean NOT NULL,
  created_by   text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  -- expires_at moves on while it is used
  renews       boolean NOT NULL DEFAULT false,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  CHECK (person_id IS NOT NULL OR role IS NOT NULL)
);
CREATE INDEX ON access_token (person_id);

CREATE TABLE token_area (
  token_id bigint NOT NULL REFERENCES access_token ON DELETE CASCADE,
  layer    text NOT NULL CHECK (layer IN ('communities', 'grids', 'micro-grids')),
  cell_id  bigint NOT NULL,
  PRIMARY KEY (token_id, layer, cell_id)
);

CREATE TABLE set_up_link (
  secret_hash text PRIMARY KEY,
  created_at  timestamptz NOT NULL DEFAULT now(),
  used_at     timestamptz
);

-- What the server signs cookies with, made once.
CREATE TABLE secret (
  name       text PRIMARY KEY,
  value      text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
