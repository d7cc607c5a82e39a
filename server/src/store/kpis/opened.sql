-- Incidents by the moment they were opened, with what their calls told and when their vehicles went. An incident that
-- was merged into another is that other one.
SELECT i.world_id, i.id, i.number, i.opened_at AS at, i.service = 'emergency' AS emergency, i.status,
    coalesce(i.outcome IN ('false_alarm', 'transferred'), false) AS void,
    coalesce(i.acceptance = 'held', false) OR i.status = 'held' OR i.held_s IS NOT NULL OR coalesce(told.held, false) AS held,
    coalesce(i.outcome = 'no_vehicle', false) OR coalesce(told.no_vehicle, false) AS no_vehicle,
    extract(epoch FROM went.assigned_at - told.began_at) AS dispatch_s,
    extract(epoch FROM went.arrived_at - told.began_at) AS response_s,
    went.id IS NOT NULL AS sent
FROM incident i
LEFT JOIN (
    SELECT j.world_id, j.id, min(c.call_taking_began_at) AS began_at, bool_or(c.acceptance = 'held') AS held,
        bool_or(c.acceptance = 'no_vehicle') AS no_vehicle
    FROM incident j
    JOIN call c ON c.world_id = j.world_id AND c.incident_id = j.id AND NOT c.retired
    WHERE j.world_id = ANY($1) AND j.opened_at >= $2 AND j.opened_at < $3
    GROUP BY j.world_id, j.id
) told ON told.world_id = i.world_id AND told.id = i.id
LEFT JOIN (
    SELECT j.world_id, j.id, min(a.assigned_at) FILTER (WHERE a.carries_patients) AS assigned_at,
        min(a.arrived_at) FILTER (WHERE a.carries_patients) AS arrived_at
    FROM incident j
    JOIN assignment a ON a.world_id = j.world_id AND a.incident_id = j.id AND NOT a.retired
    WHERE j.world_id = ANY($1) AND j.opened_at >= $2 AND j.opened_at < $3
    GROUP BY j.world_id, j.id
) went ON went.world_id = i.world_id AND went.id = i.id
WHERE i.world_id = ANY($1) AND NOT i.retired AND i.opened_at >= $2 AND i.opened_at < $3
    AND i.merged_into IS NULL AND ($4 IS NULL OR i.jurisdiction = ANY($4))
