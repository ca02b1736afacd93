-- Asks the nodes how they are, for HAProxy: it may see nothing, and needs no password.
CREATE USER IF NOT EXISTS 'skybasket_check'@'%';
