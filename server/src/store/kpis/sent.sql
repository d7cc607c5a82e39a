-- Emergency runs of vehicles that carry patients, by T4; where the incident is.
SELECT a.world_id, a.id, a.incident_id, i.number, a.unit_id, a.assigned_at AS at, a.status, a.result,
    a.ended_at IS NOT NULL AS ended,
    a.departed_at IS NOT NULL AS departed,
    coalesce(i.acceptance = 'held', false) OR i.status = 'held' OR i.held_s IS NOT NULL OR told.incident_id IS NOT NULL AS held,
    extract(epoch FROM a.departed_at - coalesce(a.acknowledged_at, a.assigned_at)) AS turnout_s,
    extract(epoch FROM a.departed_at - a.assigned_at) AS turnout_from_order_s,
    -- What never departed: how long it stood, as long as the order stood.
    extract(epoch FROM coalesce(a.ended_at, $5) - a.acknowledged_at) AS stood_s,
    extract(epoch FROM coalesce(a.ended_at, $5) - a.assigned_at) AS stood_from_order_s,
    extract(epoch FROM a.left_scene_at - a.arrived_at) AS on_scene_s,
    extract(epoch FROM a.at_hospital_at - a.left_scene_at) AS transport_s,
    extract(epoch FROM a.handed_over_at - a.at_hospital_at) AS handover_s,
    a.status = 'closed' AND (a.patient_aboard_at IS NOT NULL OR (a.arrived_at IS NOT NULL
        AND a.result NOT IN ('empty_run', 'refused', 'aborted'))) AS contact,
    r.id IS NOT NULL AS recorded,
    r.severity = 'critical' AS critical,
    cardinality(r.measures)::numeric AS measures
FROM assignment a
JOIN incident i ON i.world_id = a.world_id AND i.id = a.incident_id
LEFT JOIN care_record r ON r.world_id = a.world_id AND r.assignment_id = a.id AND NOT r.retired
LEFT JOIN (
    SELECT DISTINCT c.world_id, c.incident_id FROM call c
    WHERE c.world_id = ANY($1) AND c.acceptance = 'held' AND c.incident_id IS NOT NULL AND NOT c.retired
) told ON told.world_id = a.world_id AND told.incident_id = a.incident_id
WHERE a.world_id = ANY($1) AND NOT a.retired AND a.assigned_at >= $2 AND a.assigned_at < $3
    AND a.carries_patients AND i.service = 'emergency' AND ($4 IS NULL OR a.jurisdiction = ANY($4))
