#!/bin/sh
# Installs nginx from the system's packages if there is none. Its own service is switched off again: ours is another.
set -eu
PATH="$PATH:/usr/sbin:/usr/local/sbin"
command -v nginx >/dev/null && exit 0
command -v apt-get >/dev/null || { echo "Please install nginx: it stands before several processes."; exit 1; }
[ "$(id -u)" = 0 ] && admin="" || admin="sudo -n"
echo "Installing nginx …"
$admin apt-get update -qq
$admin env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx >/dev/null
[ -d /run/systemd/system ] && $admin systemctl disable --now nginx
command -v nginx >/dev/null
