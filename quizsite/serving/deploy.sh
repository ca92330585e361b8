#!/bin/sh
# Deploy with docker compose: the new release answers before the one before it goes (make deploy).
set -eu

docker compose build
docker compose run --rm prepare

# A second container from the new image. It takes the link once it is ready, and is well then.
old=$(docker compose ps -q web)
count=$(($(echo "$old" | wc -w) + 1))
if ! docker compose up -d --no-deps --no-recreate --scale "web=$count" --wait web; then
    for container in $(docker compose ps -q --all web); do
        case "$old" in *"$container"*) ;; *) docker logs --tail 20 "$container" && docker rm -f "$container" ;; esac
    done
    echo 'The new release did not become ready, see above. The one before it goes on.' >&2
    exit 1
fi
for container in $old; do
    docker stop --time 70 "$container" # it finishes what it has begun
    docker rm "$container"
done

docker compose up -d --no-deps --no-recreate --scale web=1 web
docker compose up -d --no-deps sweep scorer proxy
docker compose kill -s HUP proxy # reads the files of proxy/ again, without a gap
