-- The cases behind every figure, archived ones included: one row for each case of each figure, and whether it is in
-- the numerator. Figures and drill-down are both read from here, so they cannot disagree.
-- $1 worlds, $2 from (inclusive), $3 to (exclusive), $4 division codes or NULL for all, $5 world time now,
-- $6 seconds within which a call is answered, $7 seconds within which a vehicle departs.
WITH heard AS (
    -- Calls by T0. A call counts where its incident is, else where its line rang.
    SELECT c.id, c.incident_id, i.number, c.received_at AS at, c.acceptance,
        c.status = 'abandoned' AS abandoned,
        c.line <> 'manual' AS rang,
        i.service IS DISTINCT FROM 'non_emergency' AS emergency,
        extract(epoch FROM $5 - c.received_at) AS age_s,
        extract(epoch FROM c.answered_at - c.received_at) AS ring_s,
        extract(epoch FROM c.abandoned_at - c.received_at) AS given_up_s,
        extract(epoch FROM c.call_taking_ended_at - c.call_taking_began_at) AS taking_s
    FROM call c
    LEFT JOIN incident i ON i.world_id = c.world_id AND i.id = c.incident_id
    WHERE c.world_id = ANY($1) AND NOT c.retired AND c.received_at >= $2 AND c.received_at < $3
        AND ($4 IS NULL OR coalesce(i.jurisdiction, c.jurisdiction) = ANY($4))
), opened AS (
    -- Incidents by the moment they were opened; one that was merged into another is that other one.
    SELECT i.id, i.number, i.opened_at AS at, i.service = 'emergency' AS emergency, i.status, i.outcome,
        coalesce(i.acceptance = 'held', false) OR i.status = 'held' OR coalesce(told.held, false) AS held,
        coalesce(i.outcome = 'no_vehicle', false) OR coalesce(told.no_vehicle, false) AS no_vehicle,
        told.call_id,
        first.assignment_id, first.unit_id, extract(epoch FROM first.assigned_at - told.began_at) AS dispatch_s,
        there.assignment_id AS there_id, there.unit_id AS there_unit_id,
        extract(epoch FROM there.arrived_at - told.began_at) AS response_s,
        ordered.some AS sent
    FROM incident i
    CROSS JOIN LATERAL (
        SELECT min(c.call_taking_began_at) AS began_at, bool_or(c.acceptance = 'held') AS held,
            bool_or(c.acceptance = 'no_vehicle') AS no_vehicle,
            (array_agg(c.id ORDER BY c.call_taking_began_at, c.id COLLATE "C"))[1] AS call_id
        FROM call c WHERE c.world_id = i.world_id AND c.id = ANY(i.call_ids) AND NOT c.retired
    ) told
    LEFT JOIN LATERAL (
        SELECT a.id AS assignment_id, a.unit_id, a.assigned_at FROM assignment a
        WHERE a.world_id = i.world_id AND a.incident_id = i.id AND a.carries_patients AND NOT a.retired
        ORDER BY a.assigned_at, a.id COLLATE "C" LIMIT 1
    ) first ON true
    LEFT JOIN LATERAL (
        SELECT a.id AS assignment_id, a.unit_id, a.arrived_at FROM assignment a
        WHERE a.world_id = i.world_id AND a.incident_id = i.id AND a.carries_patients AND NOT a.retired
            AND a.arrived_at IS NOT NULL
        ORDER BY a.arrived_at, a.id COLLATE "C" LIMIT 1
    ) there ON true
    CROSS JOIN LATERAL (
        SELECT count(*) > 0 AS some FROM assignment a
        WHERE a.world_id = i.world_id AND a.incident_id = i.id AND NOT a.retired
    ) ordered
    WHERE i.world_id = ANY($1) AND NOT i.retired AND i.opened_at >= $2 AND i.opened_at < $3
        AND i.merged_into IS NULL AND ($4 IS NULL OR i.jurisdiction = ANY($4))
), sent AS (
    -- Emergency runs of vehicles that carry patients, by T4; where the incident is.
    SELECT a.id, a.incident_id, i.number, a.unit_id, a.assigned_at AS at, a.status, a.result,
        a.ended_at IS NOT NULL AS ended,
        a.departed_at IS NOT NULL AS departed,
        coalesce(i.acceptance = 'held', false) OR i.status = 'held' OR coalesce(told.held, false) AS held,
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
        r.id AS record_id, r.severity, cardinality(r.measures)::numeric AS measures
    FROM assignment a
    JOIN incident i ON i.world_id = a.world_id AND i.id = a.incident_id
    LEFT JOIN care_record r ON r.world_id = a.world_id AND r.assignment_id = a.id AND NOT r.retired
    CROSS JOIN LATERAL (
        SELECT bool_or(c.acceptance = 'held') AS held FROM call c
        WHERE c.world_id = i.world_id AND c.id = ANY(i.call_ids) AND NOT c.retired
    ) told
    WHERE a.world_id = ANY($1) AND NOT a.retired AND a.assigned_at >= $2 AND a.assigned_at < $3
        AND a.carries_patients AND i.service = 'emergency' AND ($4 IS NULL OR a.jurisdiction = ANY($4))
), cases AS (
    SELECT k.key, h.id, h.incident_id, h.number, h.id AS call_id, NULL::text AS assignment_id, NULL::text AS unit_id,
        h.at, k.value, coalesce(k.counted, false) AS counted
    FROM heard h CROSS JOIN LATERAL (VALUES
        ('call.answer_10s', h.rang AND (h.ring_s IS NOT NULL OR h.abandoned OR h.age_s > $6), h.ring_s <= $6, h.ring_s),
        ('call.answer_mean', h.rang AND h.ring_s IS NOT NULL, true, h.ring_s),
        ('call.abandoned', h.rang, h.abandoned, h.given_up_s),
        ('call.taking_mean', h.emergency AND h.taking_s IS NOT NULL, true, h.taking_s),
        ('call.refused', h.emergency AND h.acceptance IS NOT NULL, h.acceptance = 'refused', NULL),
        -- A wish for a vehicle that never became an incident.
        ('request.no_vehicle', h.incident_id IS NULL AND h.acceptance = 'no_vehicle', true, NULL),
        ('request.satisfied', h.incident_id IS NULL AND h.acceptance = 'no_vehicle', false, NULL)
    ) k (key, belongs, counted, value)
    WHERE k.belongs
    UNION ALL
    SELECT k.key, o.id, o.id, o.number, o.call_id, k.assignment_id, k.unit_id, o.at, k.value,
        coalesce(k.counted, false)
    FROM opened o CROSS JOIN LATERAL (VALUES
        ('dispatch.mean', o.emergency AND o.dispatch_s >= 0, true, o.dispatch_s, o.assignment_id, o.unit_id),
        ('response.mean', o.emergency AND o.response_s >= 0, true, o.response_s, o.there_id, o.there_unit_id),
        ('response.median', o.emergency AND o.response_s >= 0, true, o.response_s, o.there_id, o.there_unit_id),
        ('response.p90', o.emergency AND o.response_s >= 0, true, o.response_s, o.there_id, o.there_unit_id),
        ('incident.held', o.emergency, o.held, NULL, NULL, NULL),
        ('request.no_vehicle', o.emergency, o.no_vehicle, NULL, NULL, NULL),
        ('request.satisfied', o.emergency AND (o.sent OR o.status = 'closed')
            AND coalesce(o.outcome NOT IN ('false_alarm', 'transferred'), true), o.sent, NULL, NULL, NULL),
        ('service.emergency', true, o.emergency, NULL, NULL, NULL),
        ('service.non_emergency', true, NOT o.emergency, NULL, NULL, NULL)
    ) k (key, belongs, counted, value, assignment_id, unit_id)
    WHERE k.belongs
    UNION ALL
    SELECT k.key, s.id, s.incident_id, s.number, NULL, s.id, s.unit_id, s.at, k.value, coalesce(k.counted, false)
    FROM sent s CROSS JOIN LATERAL (VALUES
        ('turnout_3min', NOT s.held AND (s.departed OR s.stood_s > $7), s.turnout_s <= $7, s.turnout_s),
        ('turnout_3min_order', NOT s.held AND (s.departed OR s.stood_from_order_s > $7),
            s.turnout_from_order_s <= $7, s.turnout_from_order_s),
        ('on_scene.mean', s.on_scene_s IS NOT NULL, true, s.on_scene_s),
        ('transport.mean', s.transport_s IS NOT NULL, true, s.transport_s),
        ('handover.mean', s.handover_s IS NOT NULL, true, s.handover_s),
        ('record.written', s.contact, s.record_id IS NOT NULL, NULL),
        ('critical.measures', s.severity = 'critical', s.measures > 0, s.measures),
        ('run.empty', s.ended, s.result = 'empty_run', NULL),
        ('run.refused', s.ended, s.result = 'refused', NULL),
        ('run.cancelled', s.ended, s.status = 'cancelled' OR s.result = 'aborted', NULL)
    ) k (key, belongs, counted, value)
    WHERE k.belongs
)
