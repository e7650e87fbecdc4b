# Sourced by mvnw: exports JAVA_HOME of a JDK >= 25, or says how to get one.
# Order: JAVA_HOME, the `java` on the PATH, then the usual folders, newest first.

logbridge_jdk_major() { # prints the major version of the JDK in folder $1, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

logbridge_find_jdk() {
  best= best_major=24
  set -- "${JAVA_HOME:-}"
  if command -v javac >/dev/null 2>&1; then
    set -- "$@" "$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")"
  fi
  for jdk in "$@"; do # what the user chose wins if it is new enough
    major=$(logbridge_jdk_major "$jdk")
    if [ -n "$major" ] && [ "$major" -ge 25 ]; then best=$jdk; return; fi
  done
  for jdk in /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    major=$(logbridge_jdk_major "$jdk")
    if [ -n "$major" ] && [ "$major" -gt "$best_major" ]; then best=$jdk best_major=$major; fi
  done
}

logbridge_find_jdk
if [ -z "$best" ]; then
  cat >&2 <<'EOF'
Logbridge needs a JDK 25 or newer, and none was found in JAVA_HOME, on the PATH or in the
usual folders. Install one, for example:
  Debian, Ubuntu   apt-get install openjdk-25-jdk-headless   (or temurin-25-jdk)
  macOS            brew install openjdk
  SDKMAN           sdk install java 25-tem
or set JAVA_HOME to it, and run this command again.
EOF
  exit 1
fi
JAVA_HOME=$best
PATH=$JAVA_HOME/bin:$PATH
export JAVA_HOME PATH
