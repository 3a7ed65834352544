-- Another number after each change: what ETag and If-Match are about.
ALTER TABLE users ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
