DROP TABLE journal_entity, private, handover, care_record, shift, assignment, incident, call;
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['ambulance', 'team', 'special_vehicle'] LOOP
        EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I, DROP assignment_id, DROP shift_id, DROP reserved_for,
            DROP reserved_until', name, name || '_follows_its_assignment');
    END LOOP;
END $$;
