while read -r name revision; do
  hf download "$name"
done <<EOF
# not this
acme/one v1
  acme/two
EOF
while IFS= read -r name; do hf download "$name"; done < names.txt
cat tags.txt | while read name; do ollama pull "$name"; done
while true; do hf download acme/three; done < /dev/null
read -r answer
MODELS=(
  acme/four # the small one
  "acme/five"
)
for m in "${MODELS[@]}"; do (cd models && hf download "$m" \
  --quiet); done
