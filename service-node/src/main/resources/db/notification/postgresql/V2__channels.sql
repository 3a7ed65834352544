-- channel is where a queued one goes, worked out from its type. Delivery is given up at give_up_at.
-- source names what a notification comes from, so that it is stored once however often it is sent.
ALTER TABLE notifications ADD COLUMN channel TEXT NOT NULL DEFAULT 'log';
ALTER TABLE notifications ADD COLUMN give_up_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE notifications ADD COLUMN last_error TEXT;
ALTER TABLE notifications ADD COLUMN source TEXT;

UPDATE notifications SET give_up_at = created_at + 86400000;
UPDATE notifications SET state = 'dead' WHERE state = 'failed';

DROP INDEX notifications_due;
CREATE INDEX notifications_due ON notifications (channel, due_at) WHERE state = 'queued';
CREATE INDEX notifications_dead ON notifications (id) WHERE state = 'dead';
CREATE INDEX notifications_user ON notifications (user_id, id);
CREATE UNIQUE INDEX notifications_source ON notifications (source) WHERE source IS NOT NULL;
