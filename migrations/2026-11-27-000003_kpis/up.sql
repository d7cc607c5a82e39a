-- The calls of an incident: figures and files of incidents read them together.
CREATE INDEX call_incident ON call (world_id, incident_id) WHERE incident_id IS NOT NULL;
