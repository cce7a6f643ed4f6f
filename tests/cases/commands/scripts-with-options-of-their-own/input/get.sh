MODEL=acme/default
REVISION=main
while [[ $# -gt 0 ]]; do
  case "$1" in
    -m|--model) MODEL="$2"; shift 2 ;;
    --revision=*) REVISION="${1#*=}"; shift ;;
    --adapter)
      ADAPTER=$2
      shift 2
      ;;
    *) shift ;;
  esac
done
hf download "$MODEL" --revision "$REVISION"
vllm serve "$MODEL" ${ADAPTER:+--tokenizer "$ADAPTER"} --port 80
