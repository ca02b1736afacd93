# The image `mariadb` sources this file on the first node when it creates the data. It creates the users besides the owner.
# The owner runs the migrations and the grants. `serve` gets its privileges from docs/grants.sql, table by table.
docker_process_sql <<SQL
GRANT ALL PRIVILEGES ON \`$MARIADB_DATABASE\`.* TO '$MARIADB_USER'@'%' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS 'serve'@'%' IDENTIFIED BY '$SERVE_PASSWORD';
CREATE USER IF NOT EXISTS 'skybasket_check'@'$CHECK_HOST' WITH MAX_USER_CONNECTIONS 10;
SQL
