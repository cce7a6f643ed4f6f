while getopts "m:v" opt; do
  case $opt in
    m) MODEL=$OPTARG ;;
    v) VERBOSE=1 ;;
  esac
done
hf download "${MODEL:-acme/opts-default}"
