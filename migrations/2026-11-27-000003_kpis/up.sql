-- The calls of an incident, and those of them that were held: figures and files of incidents read them together.
CREATE INDEX call_incident ON call (world_id, incident_id) WHERE incident_id IS NOT NULL;
CREATE INDEX call_held ON call (world_id, incident_id) WHERE acceptance = 'held';
