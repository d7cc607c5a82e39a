DROP INDEX call_incident;
