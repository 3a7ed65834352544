ALTER TABLE notes ADD COLUMN author TEXT;
CREATE INDEX notes_by_author ON notes (author);
