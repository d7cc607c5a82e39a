-- Foundation: worlds, journal, the typed tables of every entity kind, positions, accounts, audit.
-- Positions of entities are stored as checked lon/lat; the geography is generated from them, because PostGIS
-- silently wraps bad coordinates (a CHECK on the geography itself would come too late).

CREATE EXTENSION IF NOT EXISTS postgis;

DO $$ BEGIN
    CREATE ROLE chiyuan_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    EXECUTE format('GRANT chiyuan_app TO %I', current_user);
EXCEPTION WHEN duplicate_object OR unique_violation OR SQLSTATE '0LP01' THEN NULL;
END $$;

CREATE TABLE world (
    id text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('live', 'drill')),
    name text NOT NULL,
    epoch text NOT NULL,
    seq bigint NOT NULL DEFAULT 0 CHECK (seq >= 0),
    at timestamptz NOT NULL DEFAULT 'epoch',
    head bytea NOT NULL CHECK (length(head) = 32),
    -- False while a drill is still being copied: nobody sees a half-made world.
    open boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE journal (
    world_id text NOT NULL REFERENCES world (id),
    seq bigint NOT NULL CHECK (seq > 0),
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    command jsonb NOT NULL,
    idempotency_key text NOT NULL,
    payload bytea NOT NULL,
    prev_hash bytea NOT NULL CHECK (length(prev_hash) = 32),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (world_id, seq),
    UNIQUE (world_id, actor, idempotency_key)
);

-- Columns that every entity table starts with.
CREATE TABLE entity_template (
    world_id text NOT NULL,
    id text NOT NULL CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
    version bigint NOT NULL CHECK (version > 0),
    centre text NOT NULL CHECK (centre ~ '^[0-9]{6}$'),
    visible_to text[] NOT NULL DEFAULT '{}',
    retired boolean NOT NULL DEFAULT false,
    source text NOT NULL
);
CREATE TABLE placed_template (
    LIKE entity_template INCLUDING ALL,
    lon double precision NOT NULL CHECK (lon BETWEEN -180 AND 180),
    lat double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
    location geography(Point, 4326) NOT NULL
        GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography) STORED
);
CREATE TABLE unit_template (
    LIKE placed_template INCLUDING ALL,
    name text NOT NULL,
    jurisdiction text NOT NULL,
    home_id text NOT NULL,
    capabilities text[] NOT NULL,
    equipment text[] NOT NULL,
    status text NOT NULL CHECK (status IN ('off_duty', 'available', 'assigned', 'en_route', 'on_scene',
        'transporting', 'at_hospital', 'returning', 'decontaminating', 'suspended', 'out_of_service')),
    status_since timestamptz NOT NULL,
    status_reason text NOT NULL
);

CREATE TABLE jurisdiction (
    LIKE placed_template INCLUDING ALL,
    code text NOT NULL CHECK (code ~ '^[0-9]{6}$'),
    name text NOT NULL,
    name_en text NOT NULL,
    parent text,
    tier text NOT NULL CHECK (tier IN ('city', 'county')),
    zone text NOT NULL CHECK (zone IN ('urban', 'rural')),
    population bigint NOT NULL CHECK (population >= 0),
    area_km2 double precision CHECK (area_km2 > 0),
    PRIMARY KEY (world_id, id),
    UNIQUE (world_id, code)
);
CREATE TABLE facility (
    LIKE placed_template INCLUDING ALL,
    name text NOT NULL,
    jurisdiction text NOT NULL,
    facility_type text NOT NULL,
    level text NOT NULL,
    ownership text NOT NULL CHECK (ownership IN ('public', 'private')),
    roles text[] NOT NULL,
    authorised_beds bigint CHECK (authorised_beds >= 0),
    PRIMARY KEY (world_id, id)
);
CREATE TABLE station (
    LIKE placed_template INCLUDING ALL,
    name text NOT NULL,
    jurisdiction text NOT NULL,
    tier text NOT NULL CHECK (tier IN ('centre', 'sub_centre', 'township')),
    zone text NOT NULL CHECK (zone IN ('urban', 'rural')),
    service_radius_m bigint NOT NULL CHECK (service_radius_m > 0),
    facility_id text,
    parent_id text,
    PRIMARY KEY (world_id, id)
);
CREATE TABLE ambulance (
    LIKE unit_template INCLUDING ALL,
    plate text NOT NULL,
    class text NOT NULL CHECK (class IN ('A', 'B', 'C', 'D')),
    PRIMARY KEY (world_id, id)
);
CREATE TABLE team (
    LIKE unit_template INCLUDING ALL,
    tier text NOT NULL CHECK (tier IN ('city', 'county')),
    category text NOT NULL,
    members bigint NOT NULL CHECK (members >= 0),
    required_members bigint CHECK (required_members >= 0),
    specialities text[] NOT NULL,
    PRIMARY KEY (world_id, id)
);
CREATE TABLE special_vehicle (
    LIKE unit_template INCLUDING ALL,
    plate text NOT NULL,
    vehicle_type text NOT NULL,
    PRIMARY KEY (world_id, id)
);
CREATE TABLE bed_pool (
    LIKE placed_template INCLUDING ALL,
    name text NOT NULL,
    facility_id text NOT NULL,
    jurisdiction text NOT NULL,
    ward text NOT NULL,
    properties text[] NOT NULL,
    activation_hours bigint CHECK (activation_hours >= 0),
    physical bigint NOT NULL,
    staffed bigint NOT NULL,
    occupied bigint NOT NULL CHECK (occupied >= 0),
    held bigint NOT NULL CHECK (held >= 0),
    reported_at timestamptz,
    reported_by text,
    PRIMARY KEY (world_id, id),
    CHECK (occupied + held <= staffed AND staffed <= physical)
);
CREATE TABLE stockpile (
    LIKE placed_template INCLUDING ALL,
    name text NOT NULL,
    facility_id text NOT NULL,
    jurisdiction text NOT NULL,
    reserve_kind text NOT NULL
        CHECK (reserve_kind IN ('physical', 'contract', 'production', 'commercial', 'social', 'technical')),
    callable_hours bigint CHECK (callable_hours >= 0),
    counted_at timestamptz,
    counted_by text,
    PRIMARY KEY (world_id, id)
);
CREATE TABLE lot (
    world_id text NOT NULL,
    stockpile_id text NOT NULL,
    position integer NOT NULL,
    id text NOT NULL,
    item_id text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity >= 0),
    unit text NOT NULL,
    expiry date,
    per_day boolean NOT NULL,
    PRIMARY KEY (world_id, stockpile_id, id),
    FOREIGN KEY (world_id, stockpile_id) REFERENCES stockpile (world_id, id)
);
CREATE TABLE item (
    LIKE entity_template INCLUDING ALL,
    name text NOT NULL,
    name_en text NOT NULL,
    category text NOT NULL,
    unit text NOT NULL,
    gb_code text,
    PRIMARY KEY (world_id, id)
);
CREATE TABLE norm (
    LIKE entity_template INCLUDING ALL,
    key text NOT NULL,
    place text NOT NULL,
    value double precision NOT NULL,
    operator text NOT NULL CHECK (operator IN ('>=', '<=', '=')),
    unit text NOT NULL,
    base text NOT NULL,
    source_row text NOT NULL,
    doc text NOT NULL,
    doc_status text NOT NULL CHECK (doc_status IN ('in_force', 'draft')),
    valid_from date,
    valid_to date,
    text text NOT NULL,
    PRIMARY KEY (world_id, id)
);
CREATE TABLE clock (
    LIKE entity_template INCLUDING ALL,
    world_at timestamptz NOT NULL,
    real_at timestamptz NOT NULL,
    running boolean NOT NULL,
    speed double precision NOT NULL CHECK (speed > 0 AND speed <= 600),
    finished boolean NOT NULL,
    PRIMARY KEY (world_id, id)
);
DROP TABLE unit_template;
DROP TABLE placed_template;
DROP TABLE entity_template;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['jurisdiction', 'facility', 'station', 'ambulance', 'team', 'special_vehicle',
        'bed_pool', 'stockpile'] LOOP
        EXECUTE format('CREATE INDEX %I ON %I USING gist (location)', name || '_location', name);
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (lon <> 0 OR lat <> 0)', name, name || '_not_null_island');
        EXECUTE format('ALTER TABLE %I ADD FOREIGN KEY (world_id) REFERENCES world (id)', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['item', 'norm', 'clock'] LOOP
        EXECUTE format('ALTER TABLE %I ADD FOREIGN KEY (world_id) REFERENCES world (id)', name);
    END LOOP;
END $$;

-- Positions: a river, not a record of decisions.
CREATE TABLE last_fix (
    world_id text NOT NULL REFERENCES world (id),
    unit_id text NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    location geography(Point, 4326) NOT NULL,
    speed_mps real CHECK (speed_mps >= 0),
    heading_deg real CHECK (heading_deg >= 0 AND heading_deg <= 360),
    accuracy_m real CHECK (accuracy_m >= 0),
    source text NOT NULL,
    PRIMARY KEY (world_id, unit_id)
);
CREATE INDEX last_fix_received ON last_fix (world_id, received_at);
CREATE TABLE track (
    world_id text NOT NULL,
    unit_id text NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    location geography(Point, 4326) NOT NULL,
    speed_mps real,
    heading_deg real,
    accuracy_m real,
    source text NOT NULL,
    late boolean NOT NULL DEFAULT false
) PARTITION BY RANGE (at);
CREATE INDEX track_unit ON track (world_id, unit_id, at);

-- The server's role cannot create tables; this is the one exception it may ask for.
CREATE FUNCTION ensure_track_day(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE name text := 'track_' || to_char(day, 'YYYYMMDD');
BEGIN
    IF to_regclass(name) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext(name));
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF track FOR VALUES FROM (%L) TO (%L)', name,
                day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
        END IF;
    END IF;
END $$;
CREATE FUNCTION drop_track_days_before(day date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE part regclass; dropped integer := 0;
BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'track'::regclass LOOP
        IF part::text < 'track_' || to_char(day, 'YYYYMMDD') THEN
            EXECUTE format('DROP TABLE %s', part);
            dropped := dropped + 1;
        END IF;
    END LOOP;
    RETURN dropped;
END $$;

-- Accounts. Secrets are stored as hashes only.
CREATE TABLE account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username text NOT NULL UNIQUE CHECK (username ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    password_hash text NOT NULL,
    role text NOT NULL,
    jurisdiction text CHECK (jurisdiction ~ '^[0-9]{6}$'),
    unit_id text,
    display_name text NOT NULL DEFAULT '',
    disabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE session (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    account_id bigint NOT NULL REFERENCES account (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    address text NOT NULL
);
CREATE INDEX session_account ON session (account_id, created_at);
CREATE INDEX session_expires ON session (expires_at);
CREATE TABLE token (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    name text NOT NULL UNIQUE,
    role text NOT NULL,
    jurisdiction text CHECK (jurisdiction ~ '^[0-9]{6}$'),
    unit_id text,
    source text,
    disabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
-- Failed log-ins per account and address; locks with growing delay.
CREATE TABLE login_failure (
    username text NOT NULL,
    address text NOT NULL,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    locked_until timestamptz,
    PRIMARY KEY (username, address)
);

-- The audit chain: what belongs to no world.
CREATE TABLE audit_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    seq bigint NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32)
);
INSERT INTO audit_head (seq, hash) VALUES (0, sha256('audit'));
CREATE TABLE audit (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    role text,
    address text NOT NULL,
    action text NOT NULL,
    object text NOT NULL,
    result text NOT NULL,
    -- How many times since the row before it; repeated denials and failed log-ins are counted, not stored singly.
    count bigint NOT NULL CHECK (count > 0),
    payload bytea NOT NULL,
    prev_hash bytea NOT NULL CHECK (length(prev_hash) = 32),
    hash bytea NOT NULL CHECK (length(hash) = 32)
);

-- What the running server may do: everything but rewriting history.
GRANT USAGE ON SCHEMA public TO chiyuan_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO chiyuan_app;
REVOKE UPDATE, DELETE, TRUNCATE ON journal, audit FROM chiyuan_app;
REVOKE DELETE, TRUNCATE ON world FROM chiyuan_app;
REVOKE ALL ON spatial_ref_sys FROM chiyuan_app;
GRANT SELECT ON spatial_ref_sys TO chiyuan_app;
GRANT EXECUTE ON FUNCTION ensure_track_day, drop_track_days_before TO chiyuan_app;
