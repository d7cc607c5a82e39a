-- From call to closed case: calls, incidents, assignments, shifts, care records, handovers; what is personal lies apart;
-- which journal rows touched which entity.

-- What binds a unit.
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['ambulance', 'team', 'special_vehicle'] LOOP
        EXECUTE format('ALTER TABLE %I ADD assignment_id text, ADD shift_id text, ADD reserved_for text,
            ADD reserved_until timestamptz, ADD CONSTRAINT %I CHECK ((assignment_id IS NULL) =
            (status NOT IN (''assigned'', ''en_route'', ''on_scene'', ''transporting'', ''at_hospital''))
            OR status = ''returning'')', name, name || '_follows_its_assignment');
    END LOOP;
END $$;

-- Columns that every table of a case starts with. `archived`: the entity has left memory; its row stays.
CREATE TABLE case_template (
    world_id text NOT NULL,
    id text NOT NULL CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
    version bigint NOT NULL CHECK (version > 0),
    centre text NOT NULL CHECK (centre ~ '^[0-9]{6}$'),
    visible_to text[] NOT NULL DEFAULT '{}',
    retired boolean NOT NULL DEFAULT false,
    source text NOT NULL,
    archived boolean NOT NULL DEFAULT false
);

CREATE TABLE call (
    LIKE case_template INCLUDING ALL,
    jurisdiction text,
    line text NOT NULL,
    reference text,
    status text NOT NULL CHECK (status IN ('ringing', 'answered', 'call_taking', 'ended', 'abandoned')),
    lon double precision CHECK (lon BETWEEN -180 AND 180),
    lat double precision CHECK (lat BETWEEN -90 AND 90),
    location geography(Point, 4326)
        GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography) STORED,
    received_at timestamptz NOT NULL,
    answered_at timestamptz,
    answered_by text,
    call_taking_began_at timestamptz,
    call_taking_ended_at timestamptz,
    abandoned_at timestamptz,
    acceptance text
        CHECK (acceptance IN ('normal', 'held', 'reinforcement', 'no_vehicle', 'refused', 'transferred')),
    incident_id text,
    private jsonb,
    PRIMARY KEY (world_id, id),
    CHECK (received_at <= answered_at AND answered_at <= call_taking_began_at
        AND call_taking_began_at <= call_taking_ended_at)
);
CREATE TABLE incident (
    LIKE case_template INCLUDING ALL,
    lon double precision NOT NULL CHECK (lon BETWEEN -180 AND 180),
    lat double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
    location geography(Point, 4326) NOT NULL
        GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography) STORED,
    number text NOT NULL,
    day date NOT NULL,
    day_count bigint NOT NULL CHECK (day_count > 0),
    jurisdiction text NOT NULL,
    incident_type text NOT NULL,
    service text NOT NULL CHECK (service IN ('emergency', 'non_emergency')),
    priority text NOT NULL CHECK (priority IN ('P1', 'P2', 'P3', 'P4')),
    grade text CHECK (grade IN ('I', 'II', 'III', 'IV')),
    infectious boolean NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'held', 'closed')),
    acceptance text
        CHECK (acceptance IN ('normal', 'held', 'reinforcement', 'no_vehicle', 'refused', 'transferred')),
    patients jsonb NOT NULL,
    needs jsonb NOT NULL,
    call_ids text[] NOT NULL,
    assignment_ids text[] NOT NULL,
    attended_by text,
    opened_at timestamptz NOT NULL,
    opened_by text NOT NULL,
    held_at timestamptz,
    held_until timestamptz,
    held_reason text,
    closed_at timestamptz CHECK (closed_at >= opened_at),
    closed_by text,
    outcome text,
    merged_into text,
    notes jsonb NOT NULL,
    private jsonb,
    PRIMARY KEY (world_id, id),
    UNIQUE (world_id, centre, day, day_count),
    CHECK ((status = 'closed') = (closed_at IS NOT NULL)),
    CHECK (lon <> 0 OR lat <> 0)
);
CREATE TABLE assignment (
    LIKE case_template INCLUDING ALL,
    jurisdiction text NOT NULL,
    incident_id text NOT NULL,
    unit_id text NOT NULL,
    need_id text,
    status text NOT NULL CHECK (status IN ('assigned', 'acknowledged', 'departed', 'arrived', 'patient_aboard',
        'left_scene', 'at_hospital', 'handed_over', 'closed', 'cancelled', 'diverted')),
    result text
        CHECK (result IN ('completed', 'empty_run', 'treated_on_scene', 'died_on_scene', 'refused', 'aborted')),
    carries_patients boolean NOT NULL,
    infectious boolean NOT NULL,
    destination_id text,
    shift_id text,
    assigned_at timestamptz NOT NULL,
    assigned_by text NOT NULL,
    acknowledged_at timestamptz CHECK (acknowledged_at >= assigned_at),
    departed_at timestamptz CHECK (departed_at >= assigned_at),
    arrived_at timestamptz CHECK (arrived_at >= departed_at),
    patient_aboard_at timestamptz CHECK (patient_aboard_at >= arrived_at),
    left_scene_at timestamptz CHECK (left_scene_at >= arrived_at),
    at_hospital_at timestamptz CHECK (at_hospital_at >= patient_aboard_at),
    handed_over_at timestamptz CHECK (handed_over_at >= at_hospital_at),
    ended_at timestamptz CHECK (ended_at >= assigned_at),
    escalated_at timestamptz,
    reason text,
    diverted_to text,
    care_record_id text,
    proposal jsonb,
    choice jsonb,
    stamps jsonb NOT NULL,
    PRIMARY KEY (world_id, id),
    FOREIGN KEY (world_id, incident_id) REFERENCES incident (world_id, id) DEFERRABLE INITIALLY DEFERRED,
    CHECK ((status IN ('closed', 'cancelled', 'diverted')) = (ended_at IS NOT NULL)),
    CHECK ((status = 'closed') = (result IS NOT NULL))
);
-- A unit has at most one open assignment: the rule that no race may break.
CREATE UNIQUE INDEX assignment_one_open_per_unit ON assignment (world_id, unit_id) WHERE ended_at IS NULL;
CREATE TABLE shift (
    LIKE case_template INCLUDING ALL,
    jurisdiction text NOT NULL,
    unit_id text NOT NULL,
    crew jsonb NOT NULL,
    began_at timestamptz NOT NULL,
    ends_at timestamptz,
    overtime boolean NOT NULL,
    ended_at timestamptz CHECK (ended_at >= began_at),
    ended_by text,
    PRIMARY KEY (world_id, id)
);
CREATE UNIQUE INDEX shift_one_open_per_unit ON shift (world_id, unit_id) WHERE ended_at IS NULL;
CREATE TABLE care_record (
    LIKE case_template INCLUDING ALL,
    jurisdiction text NOT NULL,
    assignment_id text NOT NULL,
    incident_id text NOT NULL,
    unit_id text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('critical', 'severe', 'moderate', 'mild', 'dead')),
    measures text[] NOT NULL,
    patient_outcome text,
    written_at timestamptz NOT NULL,
    written_by text NOT NULL,
    private jsonb,
    PRIMARY KEY (world_id, id),
    UNIQUE (world_id, assignment_id)
);
CREATE TABLE handover (
    LIKE case_template INCLUDING ALL,
    "from" text NOT NULL,
    "to" text NOT NULL,
    incident_ids text[] NOT NULL,
    note text NOT NULL,
    offered_at timestamptz NOT NULL,
    accepted_at timestamptz CHECK (accepted_at >= offered_at),
    PRIMARY KEY (world_id, id)
);
DROP TABLE case_template;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['call', 'incident', 'assignment', 'shift', 'care_record', 'handover'] LOOP
        EXECUTE format('ALTER TABLE %I ADD FOREIGN KEY (world_id) REFERENCES world (id)', name);
        EXECUTE format('CREATE INDEX %I ON %I (world_id) WHERE NOT archived', name || '_open', name);
    END LOOP;
END $$;
CREATE INDEX call_received ON call (world_id, received_at);
CREATE INDEX incident_opened ON incident (world_id, opened_at);
CREATE INDEX incident_location ON incident USING gist (location);
CREATE INDEX assignment_assigned ON assignment (world_id, assigned_at);
CREATE INDEX assignment_incident ON assignment (world_id, incident_id);
CREATE INDEX assignment_unit ON assignment (world_id, unit_id, assigned_at);

-- What is personal. The journal keeps a salted commitment only; erasing empties content and salt.
CREATE TABLE private (
    world_id text NOT NULL REFERENCES world (id),
    id text NOT NULL,
    -- The command that brought it in.
    actor text NOT NULL,
    idempotency_key text NOT NULL,
    -- The incident, call or assignment that it is about.
    subject_id text,
    at timestamptz NOT NULL,
    content jsonb,
    salt bytea,
    commitment text NOT NULL CHECK (length(commitment) = 64),
    erased_at timestamptz,
    erased_by text,
    erased_reason text,
    PRIMARY KEY (world_id, id),
    UNIQUE (world_id, actor, idempotency_key),
    CHECK ((content IS NULL) = (erased_at IS NOT NULL) AND (salt IS NULL) = (content IS NULL))
);

-- History of an entity: the rows of the journal that changed it.
CREATE TABLE journal_entity (
    world_id text NOT NULL,
    entity_id text NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (world_id, entity_id, seq)
);
INSERT INTO journal_entity (world_id, entity_id, seq)
    SELECT DISTINCT j.world_id, c ->> 'id', j.seq
    FROM journal j, jsonb_array_elements(convert_from(j.payload, 'UTF8')::jsonb -> 'changes') c;

GRANT SELECT, INSERT, UPDATE, DELETE ON call, incident, assignment, shift, care_record, handover TO chiyuan_app;
GRANT SELECT, INSERT ON private, journal_entity TO chiyuan_app;
GRANT UPDATE (content, salt, erased_at, erased_by, erased_reason) ON private TO chiyuan_app;
