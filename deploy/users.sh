# Sourced once by the image `mariadb` on the first node, when it makes its data: the users beside the owner.
# The owner migrates and grants; `serve` gets its rights from docs/grants.sql, table by table.
docker_process_sql <<SQL
GRANT ALL PRIVILEGES ON \`$MARIADB_DATABASE\`.* TO '$MARIADB_USER'@'%' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS 'serve'@'%' IDENTIFIED BY '$SERVE_PASSWORD';
CREATE USER IF NOT EXISTS 'skybasket_check'@'$CHECK_HOST' WITH MAX_USER_CONNECTIONS 10;
SQL
