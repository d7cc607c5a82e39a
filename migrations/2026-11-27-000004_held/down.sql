ALTER TABLE incident DROP COLUMN held_s, DROP COLUMN merge_reason;
