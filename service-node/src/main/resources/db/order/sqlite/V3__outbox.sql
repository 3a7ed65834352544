-- Notifications that NotificationService has not acknowledged yet. Written in the transaction of
-- what they tell of; written_by is the slot that sends them on, others do when it is gone. Ids are
-- never used again: who deletes what it has sent must not meet a newer one.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  message TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_at INTEGER NOT NULL
) STRICT;
