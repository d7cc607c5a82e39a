-- How long an incident was held in all, and why it was merged.
ALTER TABLE incident ADD COLUMN held_s bigint CHECK (held_s > 0), ADD COLUMN merge_reason text;
