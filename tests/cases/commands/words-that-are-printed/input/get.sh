models=(acme/one acme/two)
printf '%s\n' "${models[@]}" | xargs -n1 -I{} hf download {} --quiet
echo acme/three acme/four | xargs -n 1 -P 2 hf download
echo "acme/five acme/six" | xargs -I MODEL hf download MODEL
echo acme/only-said | tee log
cat list | xargs hf download
NAME=acme/seven
bash -c "hf download $NAME && hf download acme/eight"
