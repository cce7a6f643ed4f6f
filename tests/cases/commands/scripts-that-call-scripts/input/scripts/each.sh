fetch() { hf download "$1" --local-dir "$2"; }
first=$1
shift
fetch "$first" models
for name in "$@"; do
  fetch "$name" models
done
other() { for m in "${@:2}"; do hf download "$m"; done; }
other models acme/sixth acme/seventh
