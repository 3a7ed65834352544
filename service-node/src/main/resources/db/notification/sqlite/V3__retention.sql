-- What is sent or dead is deleted when it is old.
CREATE INDEX notifications_sent ON notifications (sent_at) WHERE state = 'sent';
CREATE INDEX notifications_given_up ON notifications (give_up_at) WHERE state = 'dead';
