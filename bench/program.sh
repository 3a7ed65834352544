# Runs one of the benchmarks: run CLASS ARGUMENT... Sourced by the programs beside it.
set -eu
bench=$(cd "$(dirname "$0")" && pwd)

run() {
  if [ ! -d "$bench/target/lib" ]; then
    echo "Build first: mvn -B -DskipTests package" >&2
    exit 1
  fi
  program=$1
  shift
  # A request on a connection of its own says so, which the HTTP client has to be allowed to do.
  # Without the parallelism each answer starts a thread on a machine of two processors.
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dtroupe.bench.checkout="$(dirname "$bench")" \
    -Djdk.httpclient.allowRestrictedHeaders=connection \
    -Djava.util.concurrent.ForkJoinPool.common.parallelism=2 \
    -cp "$bench/target/classes:$bench/target/lib/*" "dev.troupe.bench.$program" "$@"
}
