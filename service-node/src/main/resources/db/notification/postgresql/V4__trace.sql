-- What caused a notification, as a traceparent: its delivery belongs to the same trace.
ALTER TABLE notifications ADD COLUMN trace TEXT;
