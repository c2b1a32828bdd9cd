-- What a store asks of the parts that a split makes: they are of that report, and have its reporter and its times; as
-- app/services/parting.py.

-- What a part has of its report, whatever a command says.
CREATE OR REPLACE FUNCTION fenbo.same_in_parts() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT '{nature,channel,reporter_masked,phone_masked,is_anonymous,keep_secret,edition,by_analogy,historical}'::text[]
        || '{registered_at,registered_by,filed_at}'::text[]
$$;

-- The refusal of a new case that is a part without being made by a split, or a part that says otherwise than its report.
CREATE OR REPLACE FUNCTION fenbo.parted(c jsonb, g jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    is_part boolean := c ->> 'kind' = 'split';
    odd text;
BEGIN
    SELECT name INTO odd
    FROM jsonb_array_elements(c -> 'effects') WITH ORDINALITY AS effect (one, place)
    CROSS JOIN LATERAL (
        SELECT 'split_from' AS name, 0 AS rank
        WHERE coalesce(one -> 'values' ->> 'split_from', '') <> CASE WHEN is_part THEN c ->> 'case_id' ELSE '' END
        UNION ALL SELECT field, number FROM unnest(fenbo.same_in_parts()) WITH ORDINALITY AS same (field, number)
        WHERE is_part AND coalesce(one -> 'values' -> field, 'null') <> coalesce(g -> 'case' -> field, 'null')
        UNION ALL SELECT field, 100 + number
        FROM unnest('{split_at,merged_into,merged_at,parts,parts_open,members}'::text[]) WITH ORDINALITY AS none (field, number)
        WHERE is_part AND coalesce(one -> 'values' ->> field, '0') NOT IN ('0', '')
    ) AS wrong
    WHERE one ->> 'table' = 'case_file' AND NOT one ? 'base'
    ORDER BY place, rank LIMIT 1;
    RETURN CASE WHEN odd IS NOT NULL THEN fenbo.not_so(c, 'case_file', odd) END;
END $$;
