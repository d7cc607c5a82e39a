DROP TABLE audit, audit_head, login_failure, token, session, account;
DROP FUNCTION drop_track_days_before;
DROP FUNCTION ensure_track_day;
DROP TABLE track, last_fix;
DROP TABLE clock, norm, item, lot, stockpile, bed_pool, special_vehicle, team, ambulance, station, facility, jurisdiction;
DROP TABLE journal, world;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM chiyuan_app;
REVOKE ALL ON SCHEMA public FROM chiyuan_app;
