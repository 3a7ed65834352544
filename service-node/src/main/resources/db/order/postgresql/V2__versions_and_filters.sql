-- Another number after each change: what ETag and If-Match are about.
ALTER TABLE orders ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

CREATE INDEX orders_of_user ON orders (user_id, id);

-- Those in the other status are nearly all: they are found without an index.
CREATE INDEX orders_cancelled ON orders (id) WHERE status = 'cancelled';
