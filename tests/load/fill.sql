-- Many reports that look like those of a town: over ten years, most of them closed, all over the municipality.
INSERT INTO reports (id, town_id, folio, channel, category, category_group, private, anonymous, place_json, lat, lon, cell,
    colonia, description, details_json, moderation, public_text, state, version, department, rule, people, reopened, outcome,
    filed_at, updated_at, responded_at, claimed_at, closed_at, pin_key_id, pin_hash)
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {reports}),
drawn AS (
    SELECT n, (n * 7919) % 1000 AS a, (n * 104729) % 997 AS b, (n * 1299709) % 991 AS c,
        1795000000000 - n * 315000 AS filed_at FROM numbers
),
placed AS (
    SELECT *, 18.88 + a / 12500.0 AS lat, -91.14 + b / 12500.0 AS lon,
        CASE WHEN n % 20 < 1 THEN 'received' WHEN n % 20 < 2 THEN 'in_progress' WHEN n % 100 = 42 THEN 'triage'
            WHEN n % 20 < 3 THEN 'resolved_claimed' WHEN n % 20 < 4 THEN 'duplicate' WHEN n % 20 < 5 THEN 'closed_rejected'
            ELSE 'closed_confirmed' END AS state
    FROM drawn
)
SELECT randomblob(16), 1, 'XX-' || n, CASE n % 3 WHEN 0 THEN 'sms' WHEN 1 THEN 'webchat' ELSE 'whatsapp' END,
    CASE c % 8 WHEN 0 THEN 'pothole' WHEN 1 THEN 'streetlight' WHEN 2 THEN 'garbage' WHEN 3 THEN 'water_leak'
        WHEN 4 THEN 'noise' WHEN 5 THEN 'tree' WHEN 6 THEN 'sewage' ELSE 'pothole' END,
    'streets', FALSE, FALSE, '{"text":"Calle 20"}', lat, lon,
    CAST((lat + 90) * 1000 AS BIGINT) * 1000000 + CAST((lon + 180) * 1000 AS BIGINT),
    CASE c % 4 WHEN 0 THEN 'centro' WHEN 1 THEN 'playa-norte' WHEN 2 THEN 'pescadores' END,
    'Hay algo roto frente a la escuela, ya tiene varios días y nadie viene a verlo.', '{}',
    CASE WHEN c % 2 = 0 THEN 'shown' ELSE 'waiting' END,
    CASE WHEN c % 2 = 0 THEN 'Hay algo roto frente a la escuela.' END,
    state, 3, CASE WHEN c % 3 = 0 THEN 'public_works' ELSE 'public_services' END, 'category:pothole', 1 + (c % 5) / 4,
    CASE WHEN c % 9 = 0 THEN 1 ELSE 0 END,
    CASE state WHEN 'closed_confirmed' THEN CASE WHEN c % 3 = 0 THEN 'lapsed' ELSE 'confirmed' END
        WHEN 'closed_rejected' THEN 'not_ours' WHEN 'duplicate' THEN 'joined' END,
    filed_at, filed_at + 3600000, filed_at + 7200000,
    CASE WHEN state IN ('closed_confirmed', 'resolved_claimed') THEN filed_at + 86400000 END,
    CASE WHEN state IN ('closed_confirmed', 'closed_rejected', 'duplicate') THEN filed_at + 3600000 * (24 + c) END,
    'k', randomblob(32)
FROM placed
