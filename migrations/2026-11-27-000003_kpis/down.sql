DROP INDEX call_held;
DROP INDEX call_incident;
