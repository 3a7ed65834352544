-- Times are milliseconds since the epoch. A queued notification is delivered once due_at has come;
-- whoever claims it moves due_at to the end of the claim, so that others leave it alone until then.
CREATE TABLE notifications (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  message TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  due_at INTEGER NOT NULL,
  claimed_by TEXT
) STRICT;

CREATE INDEX notifications_due ON notifications (due_at) WHERE state = 'queued';
