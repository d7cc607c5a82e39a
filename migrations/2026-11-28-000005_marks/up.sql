-- Marks that people draw on the map. The shape is stored as checked GeoJSON and the geography is generated from it,
-- as with lon and lat: PostGIS silently wraps bad coordinates, and a CHECK on the geography itself would come too late.
CREATE TABLE mark (
    world_id text NOT NULL REFERENCES world (id),
    id text NOT NULL CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
    version bigint NOT NULL CHECK (version > 0),
    centre text NOT NULL CHECK (centre ~ '^[0-9]{6}$'),
    visible_to text[] NOT NULL DEFAULT '{}',
    retired boolean NOT NULL DEFAULT false,
    source text NOT NULL,
    -- The mark has left memory; its row stays.
    archived boolean NOT NULL DEFAULT false,
    jurisdiction text NOT NULL,
    mark_type text NOT NULL
        CHECK (mark_type IN ('note', 'staging_point', 'hazard_zone', 'cordon', 'traffic_control', 'other')),
    title text NOT NULL CHECK (length(title) <= 80),
    text text NOT NULL CHECK (length(text) <= 300),
    geometry jsonb NOT NULL,
    location geography(Geometry, 4326) NOT NULL
        GENERATED ALWAYS AS (ST_GeomFromGeoJSON(geometry)::geography) STORED,
    incident_id text,
    drawn_at timestamptz NOT NULL,
    drawn_by text NOT NULL,
    changed_at timestamptz CHECK (changed_at >= drawn_at),
    changed_by text,
    valid_until timestamptz CHECK (valid_until > drawn_at),
    ended_at timestamptz CHECK (ended_at >= drawn_at),
    ended_by text,
    PRIMARY KEY (world_id, id),
    CHECK (geometry ->> 'type' IN ('Point', 'LineString', 'Polygon')),
    CHECK (ST_XMin(ST_GeomFromGeoJSON(geometry)::box3d) >= -180 AND ST_XMax(ST_GeomFromGeoJSON(geometry)::box3d) <= 180
        AND ST_YMin(ST_GeomFromGeoJSON(geometry)::box3d) >= -90 AND ST_YMax(ST_GeomFromGeoJSON(geometry)::box3d) <= 90),
    CHECK (ST_NPoints(ST_GeomFromGeoJSON(geometry)) <= 501),
    CHECK (ST_IsValid(ST_GeomFromGeoJSON(geometry))),
    CHECK ((changed_at IS NULL) = (changed_by IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX mark_open ON mark (world_id) WHERE NOT archived;
CREATE INDEX mark_location ON mark USING gist (location);
GRANT SELECT, INSERT, UPDATE, DELETE ON mark TO chiyuan_app;
