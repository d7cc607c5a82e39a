-- Calls by T0. A call counts where its incident is, else where its line rang.
SELECT c.world_id, c.id, c.incident_id, i.number, c.received_at AS at, c.acceptance,
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
