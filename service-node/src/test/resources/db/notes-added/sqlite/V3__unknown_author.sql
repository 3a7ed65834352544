-- compatible: older versions do not read the author
UPDATE notes SET author = 'unknown' WHERE author IS NULL;
