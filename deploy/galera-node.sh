#!/bin/bash
# Starts one node of the database cluster in a container of the image `mariadb`. The node joins the cluster if another
# member answers. It bootstraps the cluster only if there is no data yet, or if it was the last node to leave.
# MEMBERS has the names of all nodes. Only the first of them can bootstrap a new cluster.
set -euo pipefail
data=/var/lib/mysql
state=$data/grastate.dat

answers() { timeout 2 bash -c ": < /dev/tcp/$1/4567" 2>/dev/null; }

start=()
joins=no
for member in ${MEMBERS//,/ }; do
  if [ "$member" != "$HOSTNAME" ] && answers "$member"; then joins=yes; fi
done
if [ "$joins" = no ]; then
  if [ ! -e "$state" ]; then
    [ "${MEMBERS%%,*}" = "$HOSTNAME" ] && start+=(--wsrep-new-cluster)
  elif grep -q 'safe_to_bootstrap: 1' "$state"; then
    start+=(--wsrep-new-cluster)
  fi
fi
# A killed node recovers its position from its tables. Without it, the node would need a full state transfer.
if [ -e "$state" ]; then
  position=$(gosu mysql mariadbd --wsrep-recover --log-error=/dev/stdout 2>&1 | sed -n 's/.*Recovered position: *//p' | tail -n 1)
  [ -n "$position" ] && start+=("--wsrep-start-position=$position")
fi

exec docker-entrypoint.sh mariadbd \
  --bind-address=0.0.0.0 \
  --wsrep-provider=/usr/lib/galera/libgalera_smm.so \
  --wsrep-cluster-address="gcomm://$MEMBERS" \
  --wsrep-node-name="$HOSTNAME" \
  --wsrep-node-address="$HOSTNAME" \
  "${start[@]}"
