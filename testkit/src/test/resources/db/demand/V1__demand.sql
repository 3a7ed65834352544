CREATE TABLE demand (
  item_id BIGINT PRIMARY KEY,
  quantity BIGINT NOT NULL
);
