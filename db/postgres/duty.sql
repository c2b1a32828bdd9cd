-- The duty lease: which one seat does what is done once for all; and that nobody acts under an older number of it. As
-- db/central/duty.py.

-- Take, renew or give back the lease of the viewer's district, by the store's clock: {holder, fence, until, is_mine}.
CREATE OR REPLACE FUNCTION fenbo.duty(seat_ text, is_wanted boolean) RETURNS json
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    me text := v.login || '@' || seat_;
    held fenbo.lease;
    now_ timestamptz;
    is_over boolean;
    is_mine boolean := false;
BEGIN
    IF v.role NOT IN ('OPERATOR', 'SHIFT_LEADER', 'DIRECTOR', 'SYSTEM') THEN
        PERFORM fenbo.refuse('not-permitted', jsonb_build_object('kind', 'raise_warning', 'role', v.role));
    END IF;
    IF is_wanted THEN
        INSERT INTO fenbo.lease (name, holder, fence, expires_at) VALUES ('duty.' || v.district, '', 0, '-infinity')
            ON CONFLICT DO NOTHING;
    END IF;
    SELECT * INTO held FROM fenbo.lease WHERE name = 'duty.' || v.district FOR UPDATE;
    now_ := fenbo.clock(); -- after the wait for the row
    is_over := held.expires_at IS NULL OR held.expires_at <= now_;
    IF is_wanted AND (is_over OR held.holder = me) THEN
        held.holder := me;
        held.fence := held.fence + CASE WHEN is_over THEN 1 ELSE 0 END;
        held.expires_at := now_ + interval '45 s';
        is_mine := true;
    ELSIF held.holder = me AND NOT is_over THEN
        held.expires_at := now_;
    END IF;
    UPDATE fenbo.lease SET holder = held.holder, fence = held.fence, expires_at = held.expires_at WHERE name = held.name;
    RETURN json_build_object('holder', coalesce(held.holder, ''), 'fence', coalesce(held.fence, 0),
        'until', fenbo.wired(coalesce(held.expires_at, now_)), 'is_mine', is_mine);
END $$;

-- Refuse what is done on duty by whoever does not hold the lease, or says an older number of it.
CREATE OR REPLACE FUNCTION fenbo.on_duty(c jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    held fenbo.lease;
BEGIN
    IF c ->> 'kind' NOT IN ('raise_warning', 'grow_warning', 'close_warning') THEN
        RETURN NULL;
    END IF;
    SELECT * INTO held FROM fenbo.lease WHERE name = 'duty.' || (c ->> 'district') FOR SHARE; -- who takes it over waits until this is in the log
    IF held.holder = (c ->> 'actor') || '@' || (c ->> 'seat') AND NOT EXISTS (
            SELECT FROM jsonb_array_elements(c -> 'effects') AS one
            WHERE one -> 'values' -> 'fence' IS DISTINCT FROM to_jsonb(held.fence)) THEN
        RETURN NULL;
    END IF;
    RETURN fenbo.answer(c, 'denied', 'fence', jsonb_build_object('fence', coalesce(held.fence, 0)));
END $$;
